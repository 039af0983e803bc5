internal import Datasets

#if canImport(FoundationEssentials)
  internal import FoundationEssentials
#else
  internal import Foundation
#endif

/// A server of statistics that is asked politely: at its pace, again when it stumbles, and not for what
/// is kept from before.
final class StatisticsServer {
  /// An answer that was read, and from where it is.
  struct Answer<Content> {
    let content: Content
    let body: [UInt8]
    let retrieved: String
    let isFromCache: Bool
  }

  /// What an answer says, and the version of the table that it is of.
  typealias Reading<Content> = (content: Content, updated: String?)

  private let transfer: Transfer
  private let clock: FetchClock
  private let cache: ResponseCache
  private let settings: FetchSettings
  private var calls: [Date] = []
  private var pace: (calls: Int, seconds: Double)
  /// Until when the server wants no further call.
  private var pause: Date?
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

  /// Asks, and reads the answer.
  ///
  /// Only an answer that can be read is kept: a page for people, which a proxy may give with status 200,
  /// must not stand in for figures the next time.
  ///
  /// - Parameters:
  ///   - request: What is asked.
  ///   - updated: The version of the table that is wanted: an answer of this version that is kept is
  ///     taken without asking. `nil` asks the server whether the kept one is still right.
  ///   - read: Reads an answer.
  /// - Returns: The answer.
  /// - Throws: `FetchError` when there is no good answer after several tries.
  func answer<Content>(
    to request: Transfer.Request,
    updated: String? = nil,
    read: ([UInt8]) throws(FetchError) -> Reading<Content>
  ) throws(FetchError) -> Answer<Content> {
    let key = ResponseCache.key(request)
    let kept = cache.find(key)
    let known = kept.flatMap { kept -> Answer<Content>? in
      guard let reading = try? read(kept.body) else { return nil }
      return Answer(
        content: reading.content,
        body: kept.body,
        retrieved: kept.entry.retrieved,
        isFromCache: true
      )
    }
    if let known, settings.isOffline || (updated != nil && kept?.entry.updated == updated) {
      return known
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
    if known != nil {
      if let tag = kept?.entry.entityTag { asked.headers.append("If-None-Match: \(tag)") }
      if let date = kept?.entry.lastModified { asked.headers.append("If-Modified-Since: \(date)") }
    }
    let response = try persist(asked)
    if response.status == 304, let known { return known }
    let reading = try read(response.body)
    let entry = ResponseCache.Entry(
      url: request.url,
      retrieved: clock.now().ISO8601Format(),
      entityTag: response.headers["etag"],
      lastModified: response.headers["last-modified"],
      updated: reading.updated,
      sha256: SHA256.hexadecimal(of: response.body)
    )
    cache.keep(key, entry, response.body)
    return Answer(
      content: reading.content,
      body: response.body,
      retrieved: entry.retrieved,
      isFromCache: false
    )
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
        if let asked, asked > settings.longestWait {
          throw FetchError(
            failure.kind,
            url: failure.url,
            status: failure.status,
            "The server asks to wait for \(Int(min(asked, 1e9).rounded(.up))) seconds. Try again then; "
              + "what was fetched so far is kept."
          )
        }
        clock.wait(max(asked ?? 0, min(backoff(tries), settings.longestWait)))
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
        status: 429,
        "The server asks for fewer calls (429), also after \(settings.tries) tries. Wait a minute.\(text)"
      )
    case 404:
      return FetchError(
        .refused,
        url: request.url,
        status: 404,
        "There is nothing there (404). Check the number of the table and the address.\(text)"
      )
    case 500 where response.body.isEmpty:
      return FetchError(
        .refused,
        url: request.url,
        status: 500,
        "The server failed without a reason (500), as it does for a code that stands twice."
      )
    default:
      return FetchError(
        .refused,
        url: request.url,
        status: response.status,
        "The server refuses (\(response.status)).\(text)"
      )
    }
  }

  // MARK: - The server's pace

  /// Waits until another call is within the pace.
  private func keepPace() {
    if let pause {
      let left = pause.timeIntervalSince(clock.now())
      if left > 0 { clock.wait(min(left, settings.longestWait)) }
      self.pause = nil
    }
    let now = clock.now()
    calls.removeAll { now.timeIntervalSince($0) >= pace.seconds }
    // The server may have lowered its pace below the calls that were already made.
    if calls.count >= pace.calls {
      let last = calls[calls.count - pace.calls]
      clock.wait(max(0, pace.seconds - now.timeIntervalSince(last)))
      let later = clock.now()
      calls.removeAll { later.timeIntervalSince($0) >= pace.seconds }
    }
    calls.append(clock.now())
  }

  /// Takes over the pace that the server states, such as `40;w=60s` or `"default";q=40;w=60`, and that no
  /// call is left for some seconds, such as `remaining=0, reset=12` or `"default";r=0;t=12`.
  private func notePace(_ response: Transfer.Response) {
    func numbers(_ text: String) -> [(name: String, value: Double)] {
      text.lowercased().split { $0 == ";" || $0 == "," }.compactMap { part in
        let pair = part.filter { !$0.isWhitespace }.split(separator: "=").map(String.init)
        // SSB writes the window with its unit.
        let digits = pair.last.map { $0.hasSuffix("s") ? String($0.dropLast()) : $0 }
        guard let value = digits.flatMap({ Double($0) }), value.isFinite else { return nil }
        return (pair.count > 1 ? pair[0] : "", value)
      }
    }
    func first(_ names: [String], _ all: [(name: String, value: Double)]) -> Double? {
      all.first { names.contains($0.name) }?.value
    }
    let headers = response.headers
    if let text = headers["x-ratelimit-policy"] ?? headers["ratelimit-policy"] {
      let stated = numbers(text)
      if let calls = first(["", "q"], stated), calls >= 1, calls <= 1e6 {
        let window = first(["w"], stated).flatMap { $0 > 0 && $0 <= 3_600 ? $0 : nil }
        pace = (Int(calls), window ?? pace.seconds)
      }
    }
    if let text = headers["ratelimit"] ?? headers["x-ratelimit"] {
      let stated = numbers(text)
      if first(["remaining", "r"], stated) == 0, let reset = first(["reset", "t"], stated),
        reset > 0
      {
        pause = clock.now().addingTimeInterval(min(reset, 86_400))
      }
    }
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
