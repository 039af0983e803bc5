internal import Datasets

#if canImport(FoundationEssentials)
  internal import FoundationEssentials
#else
  internal import Foundation
#endif

/// A server of statistics that is asked politely: at its pace, again when it stumbles, and not for what
/// is kept from before.
final class StatisticsServer {
  /// An answer, and from where it is.
  struct Answer<Content> {
    let content: Content
    let bytes: Int
    let sha256: String
    let retrieved: String
    let isFromCache: Bool

    init(_ content: Content, bytes: Int, _ entry: ResponseCache.Entry, isFromCache: Bool) {
      self.content = content
      self.bytes = bytes
      sha256 = entry.sha256
      retrieved = entry.retrieved
      self.isFromCache = isFromCache
    }
  }

  private let transfer: Transfer
  private let clock: FetchClock
  private let cache: ResponseCache
  private let settings: FetchSettings
  private var calls: [Date] = []
  private var pace: (calls: Int, seconds: Double)
  /// The state of the generator of jitter (xorshift64*, Vigna 2016,
  /// https://doi.org/10.1145/2845077).
  private var jitter: UInt64

  init(_ settings: FetchSettings, transfer: Transfer, clock: FetchClock) {
    self.settings = settings
    self.transfer = transfer
    self.clock = clock
    cache = ResponseCache(folder: settings.cache)
    pace = (settings.callsPerWindow, settings.windowSeconds)
    jitter = settings.seed | 1
  }

  /// Asks.
  ///
  /// - Parameters:
  ///   - request: What is asked.
  ///   - updated: The version of the table that is wanted: an answer of this version that is kept is
  ///     taken without asking. `nil` asks the server whether the kept one is still right.
  ///   - read: Reads an answer; one that it refuses is not kept.
  /// - Throws: `FetchError` when there is no good answer after several tries.
  func answer<Content>(
    to request: Transfer.Request,
    updated: String? = nil,
    read: ([UInt8]) throws(FetchError) -> Content
  ) throws(FetchError) -> Answer<Content> {
    let key = ResponseCache.key(request)
    let kept = cache.find(key)
    if let kept, settings.isOffline || (updated != nil && kept.entry.updated == updated) {
      return Answer(try read(kept.body), bytes: kept.body.count, kept.entry, isFromCache: true)
    }
    guard !settings.isOffline else {
      throw FetchError(
        .offline,
        url: request.url,
        "The network is not used (--offline), and no answer to this is kept from before."
      )
    }
    var asked = request
    asked.headers.append("Accept: application/json")
    if let tag = kept?.entry.entityTag { asked.headers.append("If-None-Match: \(tag)") }
    if let date = kept?.entry.lastModified { asked.headers.append("If-Modified-Since: \(date)") }
    let response = try persist(asked)
    if response.status == 304, let kept {
      return Answer(try read(kept.body), bytes: kept.body.count, kept.entry, isFromCache: true)
    }
    let content = try read(response.body)
    let entry = ResponseCache.Entry(
      url: request.url,
      retrieved: clock.now().ISO8601Format(),
      entityTag: response.headers["etag"],
      lastModified: response.headers["last-modified"],
      updated: updated,
      sha256: SHA256.hexadecimal(of: response.body)
    )
    cache.keep(key, entry, response.body)
    return Answer(content, bytes: response.body.count, entry, isFromCache: false)
  }

  // MARK: - Trying again

  /// How one try ended.
  private enum Attempt {
    case answered(Transfer.Response)
    /// It may go better the next time, perhaps after as many seconds as the server asks for.
    case stumbled(FetchError, wait: Double?)
    case failed(FetchError)
  }

  private func attempt(_ request: Transfer.Request) -> Attempt {
    keepPace()
    do throws(FetchError) {
      let response = try transfer.send(request)
      notePace(response)
      if response.status == 200 || response.status == 304 { return .answered(response) }
      let failure = refusal(response, request)
      let isPassing =
        [429, 502, 503, 504].contains(response.status)
        || (response.status == 500 && response.body.isEmpty)
      return isPassing ? .stumbled(failure, wait: retryAfter(response)) : .failed(failure)
    } catch {
      let isPassing = error.kind == .timedOut || error.kind == .interrupted
      return isPassing ? .stumbled(error, wait: nil) : .failed(error)
    }
  }

  private func persist(_ request: Transfer.Request) throws(FetchError) -> Transfer.Response {
    var tries = 0
    while true {
      tries += 1
      switch attempt(request) {
      case .answered(let response): return response
      case .failed(let failure): throw failure
      case .stumbled(let failure, let asked):
        guard tries < settings.tries else { throw failure }
        clock.wait(min(asked ?? backoff(tries), settings.longestWait))
      }
    }
  }

  private func backoff(_ tries: Int) -> Double {
    jitter ^= jitter >> 12
    jitter ^= jitter << 25
    jitter ^= jitter >> 27
    let share = Double((jitter &* 0x2545_F491_4F6C_DD1D) >> 11) / 9_007_199_254_740_992
    return settings.firstWait * Double(1 << min(tries - 1, 16)) * (0.5 + share)
  }

  /// How long the server asks to wait, in seconds.
  private func retryAfter(_ response: Transfer.Response) -> Double? {
    guard let text = response.headers["retry-after"] else { return nil }
    if let seconds = Double(text), seconds >= 0 { return seconds }
    guard let date = Date(httpDate: text) else { return nil }
    return max(0, date.timeIntervalSince(clock.now()))
  }

  private func refusal(_ response: Transfer.Response, _ request: Transfer.Request) -> FetchError {
    struct Problem: Decodable {
      let title: String?
      let detail: String?
    }
    let problem = try? JSONDecoder().decode(Problem.self, from: Data(response.body))
    let said = [problem?.title, problem?.detail].compactMap { $0 }.joined(separator: " ")
    let text = said.isEmpty ? "" : " The server says: \(said)"
    switch response.status {
    case 429:
      return FetchError(
        .tooManyRequests,
        url: request.url,
        "The server asks for fewer calls (429), also after \(settings.tries) tries. Wait a minute.\(text)"
      )
    case 404:
      return FetchError(.refused, url: request.url, "There is nothing there (404).\(text)")
    case 500 where response.body.isEmpty:
      return FetchError(
        .refused,
        url: request.url,
        "The server failed without a reason (500), as it does for a code that stands twice."
      )
    default:
      return FetchError(
        .refused,
        url: request.url,
        "The server refuses (\(response.status)).\(text)"
      )
    }
  }

  // MARK: - The server's pace

  /// Waits until another call is within the pace.
  private func keepPace() {
    let now = clock.now()
    calls.removeAll { now.timeIntervalSince($0) >= pace.seconds }
    if calls.count >= pace.calls, let oldest = calls.first {
      clock.wait(max(0, pace.seconds - now.timeIntervalSince(oldest)))
      let later = clock.now()
      calls.removeAll { later.timeIntervalSince($0) >= pace.seconds }
    }
    calls.append(clock.now())
  }

  /// Takes over the pace that the server states, such as `40;w=60`.
  private func notePace(_ response: Transfer.Response) {
    let stated = response.headers["x-ratelimit-policy"] ?? response.headers["ratelimit-policy"]
    guard let stated else { return }
    let parts = stated.split { $0 == ";" || $0 == "," }.map { $0.filter { !$0.isWhitespace } }
    guard let calls = parts.first.flatMap({ Int($0.filter { $0.isNumber }) }), calls > 0 else {
      return
    }
    let window = parts.first { $0.hasPrefix("w=") }.flatMap { Double($0.dropFirst(2)) }
    pace = (calls, window ?? pace.seconds)
  }
}

extension Date {
  /// The time of a header such as `Wed, 21 Oct 2026 07:28:00 GMT` (RFC 9110, 5.6.7).
  fileprivate init?(httpDate: String) {
    let months = [
      "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
    ]
    let parts = httpDate.lowercased().split { $0 == " " || $0 == "," }.map(String.init)
    guard parts.count == 6, parts[5] == "gmt", let month = months.firstIndex(of: parts[2]),
      parts[1].count == 2, parts[3].count == 4
    else { return nil }
    let monthText = month < 9 ? "0\(month + 1)" : "\(month + 1)"
    let text = "\(parts[3])-\(monthText)-\(parts[1])T\(parts[4])Z"
    guard let date = try? Date(text, strategy: .iso8601) else { return nil }
    self = date
  }
}
