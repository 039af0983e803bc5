/// The candidate that is most like a word that was not found, for "did you mean".
///
/// Likeness is the number of letters to insert, delete or replace (Levenshtein 1966), upper and
/// lower case alike. A candidate that differs in more than a third of the letters, and in more than
/// one, is not suggested; one that begins with the word is.
///
/// - Parameters:
///   - word: What was written.
///   - candidates: What is allowed.
/// - Returns: The nearest candidate, the first of several equally near, or `nil`.
/// - Complexity: O(*k* *a* *b*), with *k* candidates and words of lengths *a* and *b*.
public func nearestMatch(to word: String, among candidates: some Sequence<String>) -> String? {
  let target = Array(word.lowercased())
  var best: (candidate: String, distance: Int)?
  for candidate in candidates {
    let letters = Array(candidate.lowercased())
    var distance = editDistance(target, letters)
    if target.count >= 3, letters.starts(with: target) { distance = min(distance, 1) }
    if distance < best?.distance ?? .max { best = (candidate, distance) }
  }
  guard let best, best.distance <= max(1, target.count / 3) else { return nil }
  return best.candidate
}

private func editDistance(_ a: [Character], _ b: [Character]) -> Int {
  var row = Array(0...b.count)
  for (i, left) in a.enumerated() {
    var diagonal = row[0]
    row[0] = i + 1
    for (j, right) in b.enumerated() {
      let replaced = diagonal + (left == right ? 0 : 1)
      diagonal = row[j + 1]
      row[j + 1] = min(replaced, row[j] + 1, row[j + 1] + 1)
    }
  }
  return row[b.count]
}
