import Foundation
import TestSupport
import Testing

/// The console blocks of the README are what the program prints.
@Suite struct ReadmeTests {
  @Test func consoleBlocks() async throws {
    let path = repositoryRoot + "/README.md"
    guard FileManager.default.fileExists(atPath: path) else { return }
    let blocks = Self.blocks(in: try text(ofFile: path))
    #expect(
      !blocks.isEmpty,
      "README.md has no block that starts with ```console and a line \"$ regionsim …\"."
    )
    for block in blocks {
      let scratch = try TemporaryDirectory()
      let run = try await RegionsimProcess.run(
        block.arguments,
        in: scratch.path,
        environment: ["REGIONSIM_DATA": repositoryRoot + "/datasets/norway"]
      )
      let printed = (run.output + run.errors)
        .replacing(scratch.path + "/", with: "").replacing(repositoryRoot + "/", with: "")
      expectSame(printed, block)
    }
  }

  @Test func blocksOfAText() {
    let text = """
      Text
      ```console
      $ regionsim rank a.b --around 'Indre Østfold' "x y"
      one

      two
      ```
      ```sh
      $ regionsim data
      ```
      ```console
      $ make demo
      ```
      """
    let blocks = Self.blocks(in: text)
    #expect(blocks.map(\.output) == ["one\n\ntwo\n"])
    #expect(blocks.map(\.line) == [3])
    #expect(blocks.first?.arguments == ["rank", "a.b", "--around", "Indre Østfold", "x y"])
  }

  struct Block {
    let line: Int
    let arguments: [String]
    let output: String
  }

  private func expectSame(_ printed: String, _ block: Block) {
    guard printed != block.output else { return }
    let pair = [block.output, printed].map {
      $0.split(separator: "\n", omittingEmptySubsequences: false)
    }
    let line = zip(pair[0], pair[1]).enumerated().first { $1.0 != $1.1 }?.offset
    let first = line ?? min(pair[0].count, pair[1].count)
    Issue.record(
      """
      README.md, line \(block.line): regionsim \(block.arguments.joined(separator: " ")) prints \
      something else, first in line \(block.line + 1 + first).
      README: \(first < pair[0].count ? pair[0][first] : "(no line)")
      now:    \(first < pair[1].count ? pair[1][first] : "(no line)")
      """
    )
  }

  private static func blocks(in text: String) -> [Block] {
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    var blocks: [Block] = []
    for (index, line) in lines.enumerated() where line == "```console" {
      let prompt = "$ regionsim "
      guard index + 1 < lines.count, lines[index + 1].hasPrefix(prompt),
        let end = lines[(index + 2)...].firstIndex(of: "```")
      else { continue }
      blocks.append(
        Block(
          line: index + 2,
          arguments: arguments(of: lines[index + 1].dropFirst(prompt.count)),
          output: lines[(index + 2)..<end].map { $0 + "\n" }.joined()
        )
      )
    }
    return blocks
  }

  /// The words of a command line; quotes hold a word with spaces together.
  private static func arguments(of line: Substring) -> [String] {
    var words: [String] = []
    var word: String?
    var quote: Character?
    for character in line {
      if character == quote {
        quote = nil
      } else if quote == nil, character == "'" || character == "\"" {
        quote = character
        word = word ?? ""
      } else if quote == nil, character == " " {
        words += [word].compactMap { $0 }
        word = nil
      } else {
        word = (word ?? "") + String(character)
      }
    }
    return words + [word].compactMap { $0 }
  }
}
