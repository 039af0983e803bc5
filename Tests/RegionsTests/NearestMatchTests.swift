import Regions
import Testing

@Suite struct NearestMatchTests {
  private static let words = [
    "Moss", "Mosseregionen", "Råde", "Våler", "Vestby", "employment.share",
  ]

  @Test(
    arguments: [
      ("Mos", "Moss"), ("moss", "Moss"), ("Mosse", "Moss"), ("Mosser", "Mosseregionen"),
      ("Rade", "Råde"), ("Valer", "Våler"), ("vestbi", "Vestby"),
      ("employment.shore", "employment.share"), ("emplyment.shre", "employment.share"),
      ("emp", "employment.share"), ("em", nil), ("Trondheim", nil), ("", nil), ("Råd", "Råde"),
      ("Rådeby", "Råde"), ("Rådebyen", nil),
    ] as [(String, String?)]
  )
  func nearest(word: String, expected: String?) {
    #expect(nearestMatch(to: word, among: Self.words) == expected)
  }

  @Test func theFirstOfSeveralEquallyNear() {
    #expect(nearestMatch(to: "abd", among: ["xbd", "abc", "abe"]) == "xbd")
    #expect(nearestMatch(to: "abc", among: [String]()) == nil)
  }
}
