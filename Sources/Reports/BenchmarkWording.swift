internal import LinearAlgebra
internal import Measurements
internal import Regions
internal import Statistics

/// The words of the report on measurements, in both languages.
struct BenchmarkWording: Sendable {
  let language: Language

  /// The words in the language.
  func text(_ nb: String, _ en: String) -> String { language == .nb ? nb : en }

  func title(_ program: String) -> String {
    text("Målinger av \(program) på denne maskinen", "Measurements of \(program) on this machine")
  }

  var machine: String { text("Maskinen", "The machine") }
  var peers: String {
    text(
      "Andre på de samme dataene, etter det beste av regionsim (▸)",
      "Others on the same data, below the best of regionsim (▸)"
    )
  }

  func name(_ work: BenchmarkWork) -> String {
    switch work {
    case .rank: text("rangering", "ranking")
    case .top: text("de ti første", "first ten")
    case .aggregate: text("summering", "sums")
    case .simulate: text("simulering", "simulation")
    case .weights: text("vekter", "weights")
    case .confidence: text("usikkerhet", "confidence")
    case .commands: text("kommandoer", "commands")
    }
  }

  func title(_ work: BenchmarkWork) -> String {
    switch work {
    case .rank: text("Rangering av alle enheter i hver kolonne", "Ranking all units of each column")
    case .top: text("Hvem som er blant de ti første", "Who is among the first ten")
    case .aggregate:
      text(
        "Summer over regioner: lagt sammen etter tur, og som matriseprodukt",
        "Sums over regions: added in turn, and as a matrix product"
      )
    case .simulate:
      text(
        "Simulering: trekke, summere, rangere begge nivåer og telle plasser",
        "Simulation: draw, sum, rank both levels and count places"
      )
    case .weights: text("Plasser under trukne vekter", "Places under drawn weights")
    case .confidence: text("Usikkerhet i plasser", "Confidence sets for places")
    case .commands: text("Hele kommandoer", "Whole commands")
    }
  }

  // MARK: - The machine

  /// What is known of the machine.
  func rows(_ limits: MachineLimits) -> [(String, String)] {
    let processor = limits.processor
    var rows = [
      (text("Prosessor", "Processor"), processor.name ?? text("ukjent", "unknown")),
      (text("Kjerner", "Cores"), "\(processor.cores)"),
    ]
    if let cache = processor.cache {
      let size = NumberText.fixed(Double(cache) / 1_048_576, decimals: 0, language)
      rows.append((text("Siste hurtiglager", "Last cache"), "\(size) MB"))
    }
    rows += [
      (text("Regnekjerne i bruk", "Kernel in use"), limits.kernel.rawValue),
      (
        text("Regnekjerner som kan kjøre", "Kernels that can run"),
        limits.kernels.map(\.rawValue).joined(separator: ", ")
      ),
      ("OpenBLAS", "\(limits.version), \(limits.core) (\(chooser(limits.coreChoice)))"),
    ]
    for (threads, bandwidth) in limits.bandwidths.sorted(by: { $0.key < $1.key }) {
      let (read, triad) = (number(bandwidth.read), number(bandwidth.triad))
      rows.append(
        (
          text("Minne, \(self.threads(threads))", "Memory, \(self.threads(threads))"),
          text("les \(read), triade \(triad) GB/s", "read \(read), triad \(triad) GB/s")
        )
      )
    }
    for (threads, peak) in limits.peaks.sorted(by: { $0.key < $1.key }) {
      rows.append(("dgemm, \(self.threads(threads))", "\(number(peak)) GFLOP/s"))
    }
    return rows
  }

  private func chooser(_ choice: OpenBLAS.CoreChoice) -> String {
    switch choice {
    case .regionsim: text("valgt av regionsim", "chosen by regionsim")
    case .user: text("valgt med OPENBLAS_CORETYPE", "chosen with OPENBLAS_CORETYPE")
    case .openBLAS: text("valgt av OpenBLAS", "chosen by OpenBLAS")
    }
  }

  private func threads(_ count: Int) -> String {
    text("\(count) \(count == 1 ? "tråd" : "tråder")", "\(count) thread\(count == 1 ? "" : "s")")
  }

  private func number(_ value: Double) -> String {
    NumberText.fixed(value, decimals: value < 100 ? 1 : 0, language)
  }

  /// What is to be said of the machine: of OpenBLAS below what the processor can, and of memory that
  /// was not measured.
  func notes(_ limits: MachineLimits) -> [String] {
    var notes: [String] = []
    let best = limits.processor.vectors
    if let used = Processor.vectors(ofCore: limits.core), used < best {
      let wanted = best == .eight ? "SkylakeX" : "Haswell"
      let times = best.rawValue / used.rawValue
      notes.append(
        text(
          "OpenBLAS bruker \(limits.core), med \(used.rawValue) tall i en vektor der prosessoren har "
            + "\(best.rawValue): matriseprodukter kan bli opptil \(times) ganger så raske med "
            + "OPENBLAS_CORETYPE=\(wanted), eller med en nyere OpenBLAS.",
          "OpenBLAS uses \(limits.core), with \(used.rawValue) numbers a vector where the processor has "
            + "\(best.rawValue): matrix products may become up to \(times) times as fast with "
            + "OPENBLAS_CORETYPE=\(wanted), or with a newer OpenBLAS."
        )
      )
    }
    if let share = limits.processorShare, share < Self.disturbed {
      notes.append(
        text(
          "Andre programmer brukte prosessoren mens maskinen ble målt: båndbredde og topp er høyere, og "
            + "andelene av dem lavere.",
          "Other programs used the processor while the machine was measured: bandwidth and peak are "
            + "higher, and the shares of them lower."
        )
      )
    }
    if !limits.bandwidths.isEmpty, !limits.isOfMemory {
      notes.append(
        text(
          "Minnet er målt på tabeller som får plass i siste hurtiglager, og kan være lagerets.",
          "Memory was measured on arrays that fit in the last cache, and may be that of the cache."
        )
      )
    }
    return notes
  }

  // MARK: - Notes

  /// How to read the tables.
  func explanations(_ result: BenchmarkResult, _ settings: BenchmarkSettings) -> [String] {
    var notes = [
      text(
        "Medianen av minst \(settings.stopwatch.repeats) gjentakelser etter oppvarming, med den minste og den "
          + "største. Hvert resultat er sammenliknet med en enkel beregning før det ble målt.",
        "The median of at least \(settings.stopwatch.repeats) repeats after a warm-up, with the least and "
          + "the most. Each result was compared with a plain computation before it was timed."
      ),
      text(
        "Minne er det meste hele programmet holdt, med dataene det målte på. Over 100 % av minnet: "
          + "dataene får plass i hurtiglageret.",
        "Memory is the most that the whole program held, with the data it measured on. Over 100 % of "
          + "memory: the data fit in the cache."
      ),
    ]
    if settings.isQuick {
      notes.append(
        text(
          "Grovt målt (--quick): tallene svinger.",
          "Measured roughly (--quick): the figures waver."
        )
      )
    }
    if !result.comparisons.isEmpty {
      notes.append(
        text(
          "Hver av de andre er målt med sitt raskeste oppsett, på så mange kolonner som tiden rekker "
            + "til; × regionsim er hvor mange ganger tiden de bruker.",
          "Each of the others is measured in its fastest layout, on as many columns as time allows; "
            + "× regionsim is how many times the time it takes."
        )
      )
    }
    return notes
  }

  /// Below this share of the processor, a measurement was disturbed.
  private static let disturbed = 0.85

  /// What is to be said where other programs used the processor; `nil` where none did.
  func disturbance(_ result: BenchmarkResult) -> String? {
    let all = result.measurements.filter { $0.processorShare != nil }
    let disturbed = all.count {
      // More threads than cores cannot have a processor each.
      let cores = min(1, Double(result.limits.processor.cores) / Double($0.size.threads))
      return ($0.processorShare ?? 1) < Self.disturbed * cores
    }
    guard disturbed > 0 else { return nil }
    return text(
      "Andre programmer brukte prosessoren imens: \(disturbed) av \(all.count) målinger fikk under "
        + "85 % av den (processor_share i CSV og JSON). Mål igjen når maskinen er ledig.",
      "Other programs used the processor meanwhile: \(disturbed) of \(all.count) measurements had "
        + "below 85 % of it (processor_share in CSV and JSON). Measure again when the machine is idle."
    )
  }

  func skipped(_ skipped: BenchmarkResult.Skipped) -> String {
    let name = skipped.implementation.isEmpty ? "" : ", \(skipped.implementation)"
    return text("Utelatt: ", "Left out: ") + "\(skipped.work)\(name): \(skipped.reason)."
  }
}
