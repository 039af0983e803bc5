extension Double {
  /// The number as an error message shows it: whole numbers without a decimal point.
  package var brief: String {
    self == rounded() && magnitude < 1e15 ? String(Int(self)) : description
  }
}
