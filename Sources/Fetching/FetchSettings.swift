/// How a server of statistics is asked.
public struct FetchSettings: Sendable, Hashable {
  /// The folder in which answers are kept; `nil` keeps none.
  public var cache: String?
  /// Whether only what is kept is used, and no connection is made.
  public var isOffline = false
  /// How often a call is tried.
  public var tries = 5
  /// The first wait before another try, in seconds; each further one is twice as long, give or take half.
  public var firstWait = 1.0
  /// The longest wait before another try, in seconds.
  public var longestWait = 90.0
  /// How many calls are made within a window, until the server states its own pace. Statistics Norway's
  /// guide asks for 30 a minute (https://www.ssb.no/api/api-mot-statistikkbanken--brukerveiledning).
  public var callsPerWindow = 30
  /// The length of the window in seconds.
  public var windowSeconds = 60.0
  /// How many cells one call may ask for, until the server states it.
  public var maximumCells = 800_000
  /// The longest address that is sent; what is longer is sent as a body.
  public var maximumAddress = 2_000
  /// What the waits before another try are varied by.
  public var seed: UInt64 = 20_240_101

  /// Creates the usual settings.
  public init() {}
}
