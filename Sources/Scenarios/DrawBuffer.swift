/// Numbers that are written over from draw to draw, allocated once.
///
/// It belongs to one thread.
final class DrawBuffer<Element: BitwiseCopyable> {
  /// The first element.
  let start: UnsafeMutablePointer<Element>
  /// The number of elements.
  let count: Int

  /// Allocates elements that are all `value`, at the start of a cache line.
  init(count: Int, repeating value: Element) {
    self.count = count
    let bytes = UnsafeMutableRawPointer.allocate(
      byteCount: max(count, 1) * MemoryLayout<Element>.stride,
      alignment: 64
    )
    start = bytes.bindMemory(to: Element.self, capacity: max(count, 1))
    start.initialize(repeating: value, count: max(count, 1))
  }

  deinit { start.deallocate() }

  /// All elements.
  var all: UnsafeMutableBufferPointer<Element> {
    UnsafeMutableBufferPointer(start: start, count: count)
  }

  /// Some elements.
  func part(_ first: Int, _ count: Int) -> UnsafeMutableBufferPointer<Element> {
    UnsafeMutableBufferPointer(start: start + first, count: count)
  }
}
