internal import Dispatch
internal import Synchronization

/// Hands out a number of items, some at a time, to whichever thread asks next.
package final class ChunkQueue: Sendable {
  private let position = Atomic<Int>(0)
  private let count: Int
  private let size: Int

  private init(count: Int, size: Int) {
    self.count = count
    self.size = size
  }

  /// Runs a body on each of several threads; each takes chunks until none are left.
  ///
  /// - Parameters:
  ///   - count: How many items there are.
  ///   - size: How many are taken at a time.
  ///   - threads: How many threads to use; at least 1.
  ///   - body: What a thread does.
  package static func share(
    _ count: Int,
    by size: Int,
    threads: Int,
    _ body: @Sendable (ChunkQueue) -> Void
  ) {
    let queue = ChunkQueue(count: count, size: size)
    let threads = min(threads, (count + size - 1) / size)
    DispatchQueue.concurrentPerform(iterations: max(threads, 1)) { _ in body(queue) }
  }

  /// The next items; `nil` when none are left.
  package func next() -> Range<Int>? {
    let first = position.add(size, ordering: .relaxed).oldValue
    return first < count ? first..<min(first + size, count) : nil
  }
}
