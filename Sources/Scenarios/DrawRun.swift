internal import Dispatch
internal import Documents
internal import Synchronization

/// What was counted of one scenario.
struct DrawCounts: Sendable {
  /// One tally per indicator.
  var tallies: [DrawTally]
  /// How often each target was met.
  var isMet: [Int]
  /// How often all were met in the same draw.
  var areAllMet: Int

  init(_ plan: DrawPlan) {
    tallies = plan.indicators.map(DrawTally.init)
    isMet = plan.targets.map { _ in 0 }
    areAllMet = 0
  }
}

/// Draws blocks of futures on several threads, of one scenario or of several in step.
///
/// Threads take the next block when they are done with one; all results are whole numbers and are
/// added at the end, so that neither the threads nor their speed shows in the result.
struct DrawRun<Observer: DrawObserver>: Sendable {
  /// What all threads together have counted.
  struct Result: Sendable {
    /// One part per scenario.
    var parts: [DrawCounts]
    /// How each scenario but the first differs from the first.
    var differences: [DifferenceTally]
    var state: Observer.State
  }

  let plans: [DrawPlan]
  let observer: Observer
  /// The draws that are wanted.
  let draws: Range<Int>
  let progress: (@Sendable (Double) -> Void)?

  /// Refuses numbers that cannot be.
  static func check(draws: Int, threads: Int) throws(DocumentError) {
    guard draws >= 1, draws <= Int(UInt32.max) else {
      throw DocumentError(
        .invalid,
        at: nil,
        "The number of draws must be from 1 to \(UInt32.max), not \(draws)."
      )
    }
    guard threads >= 1 else {
      throw DocumentError(.invalid, at: nil, "At least 1 thread is needed, not \(threads).")
    }
  }

  /// What the threads share.
  private final class Queue: Sendable {
    let next = Atomic<Int>(0)
    let done = Atomic<Int>(0)
    let results = Mutex<[Result]>([])
  }

  /// Draws everything and adds it up.
  func result(threads: Int) -> Result {
    let size = PathSampler.blockSize
    let firstBlock = draws.lowerBound / size
    let blocks = (draws.upperBound + size - 1) / size - firstBlock
    let queue = Queue()
    let threads = min(threads, max(blocks, 1))
    DispatchQueue.concurrentPerform(iterations: threads) { _ in
      let worker = DrawWorker(self)
      while true {
        let block = queue.next.add(1, ordering: .relaxed).oldValue
        guard block < blocks else { break }
        worker.draw(block: (firstBlock + block) * size)
        let done = queue.done.add(1, ordering: .relaxed).newValue
        if let progress, done * 100 / blocks != (done - 1) * 100 / blocks {
          progress(Double(done) / Double(blocks))
        }
      }
      let result = worker.result
      queue.results.withLock { $0.append(result) }
    }
    var results = queue.results.withLock { $0 }
    var total = results.removeFirst()
    for result in results { total.merge(result, observer) }
    return total
  }
}

extension DrawRun.Result {
  fileprivate mutating func merge(_ other: Self, _ observer: Observer) {
    for part in parts.indices {
      for index in parts[part].tallies.indices {
        parts[part].tallies[index].merge(other.parts[part].tallies[index])
      }
      for target in parts[part].isMet.indices {
        parts[part].isMet[target] += other.parts[part].isMet[target]
      }
      parts[part].areAllMet += other.parts[part].areAllMet
    }
    for index in differences.indices { differences[index].merge(other.differences[index]) }
    observer.merge(other.state, into: &state)
  }
}

/// Draws blocks on one thread.
private final class DrawWorker<Observer: DrawObserver> {
  private let run: DrawRun<Observer>
  private let drawers: [[IndicatorDrawer<Observer>]]
  private var masks: [[UInt64]]
  private var counts: [DrawCounts]
  private var differences: [DifferenceTally]
  private var state: Observer.State

  init(_ run: DrawRun<Observer>) {
    self.run = run
    drawers = Self.drawers(run)
    masks = run.plans.map { plan in plan.targets.map { _ in 0 } }
    counts = run.plans.map { DrawCounts($0) }
    differences = run.plans.dropFirst().map { DifferenceTally(run.plans[0], $0) }
    state = run.observer.start()
  }

  /// Drawers for the indicators of all scenarios; those that are drawn alike share their figures.
  private static func drawers(_ run: DrawRun<Observer>) -> [[IndicatorDrawer<Observer>]] {
    var figures: [FigureDrawer] = []
    let chosen = run.plans.map { plan in
      plan.indicators.map { indicator in
        if let index = figures.firstIndex(where: { $0.plan.drawsFigures(like: indicator) }) {
          return index
        }
        figures.append(FigureDrawer(indicator))
        return figures.count - 1
      }
    }
    let uses = chosen.joined().reduce(into: figures.map { _ in 0 }) { $0[$1] += 1 }
    return zip(run.plans, chosen).map { plan, chosen in
      zip(plan.indicators, chosen).map { indicator, index in
        IndicatorDrawer(
          indicator,
          figures: figures[index],
          isShared: uses[index] > 1,
          observer: run.observer
        )
      }
    }
  }

  /// Draws a block.
  ///
  /// - Parameter first: Its first draw.
  func draw(block first: Int) {
    let wanted = run.draws.clamped(to: first..<first + PathSampler.blockSize)
    let slots = wanted.lowerBound - first..<wanted.upperBound - first
    for plan in drawers.indices {
      for target in masks[plan].indices { masks[plan][target] = 0 }
    }
    for start in stride(from: 0, to: PathSampler.blockSize, by: FigureDrawer.batchSize) {
      let batch = slots.clamped(to: start..<start + FigureDrawer.batchSize)
      guard !batch.isEmpty else { continue }
      for plan in drawers.indices {
        for drawer in drawers[plan] {
          drawer.draw(block: first, slots: batch, isMet: &masks[plan], &state)
        }
      }
    }
    for plan in drawers.indices {
      for drawer in drawers[plan] { drawer.count(slots: slots) }
      var all = UInt64.max
      for (target, mask) in masks[plan].enumerated() {
        counts[plan].isMet[target] += mask.nonzeroBitCount
        all &= mask
      }
      if !masks[plan].isEmpty { counts[plan].areAllMet += all.nonzeroBitCount }
    }
    for index in differences.indices {
      differences[index].count(
        (drawers[0].map(\.places), masks[0]),
        (drawers[index + 1].map(\.places), masks[index + 1]),
        slots: slots
      )
    }
  }

  var result: DrawRun<Observer>.Result {
    for plan in counts.indices { counts[plan].tallies = drawers[plan].map(\.tally) }
    return DrawRun.Result(parts: counts, differences: differences, state: state)
  }
}
