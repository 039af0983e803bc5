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

  @Test func excerptOfTheDemo() async throws {
    let readme = try text(ofFile: repositoryRoot + "/README.md")
    let demo = try text(ofFile: repositoryRoot + "/Scripts/demo.sh")
    let commands = demo.split(separator: "\n").filter { $0.hasPrefix("\"$regionsim\" ") }
    #expect(commands.count == 3)
    let scratch = try TemporaryDirectory()
    var printed = demo
    for command in commands {
      let run = try await RegionsimProcess.run(
        Self.arguments(of: command.dropFirst("\"$regionsim\" ".count)),
        in: scratch.path,
        environment: ["REGIONSIM_DATA": repositoryRoot + "/datasets/norway"]
      )
      printed += run.output + run.errors
    }
    let start = try #require(readme.range(of: "```text\n$ regionsim simulate"))
    let end = try #require(readme[start.upperBound...].range(of: "```"))
    let lines = readme[start.lowerBound..<end.lowerBound].split(separator: "\n").dropFirst()
    #expect(lines.count > 10)
    for line in lines where line != "…" {
      #expect(printed.contains(line.replacing("$ ", with: "")), "README.md has \(line)")
    }
  }

  /// Its lines, but for what … leaves out.
  @Test func excerptOfThePlan() async throws {
    let readme = try text(ofFile: repositoryRoot + "/README.md")
    let start = try #require(readme.range(of: "```text\n$ regionsim plan status"))
    let end = try #require(readme[start.upperBound...].range(of: "```"))
    let lines = readme[start.lowerBound..<end.lowerBound].split(separator: "\n").dropFirst()
    let line = try #require(lines.first?.dropFirst("$ regionsim ".count))
    let run = try await RegionsimProcess.run(Self.arguments(of: line))
    #expect(lines.count > 10)
    for line in lines.dropFirst() where line != "…" {
      #expect(run.output.contains(line), "README.md has \(line)")
    }
  }

  @Test func linesOfThePicture() async throws {
    let picture = try text(ofFile: repositoryRoot + "/Documentation/images/ranking.svg")
    let run = try await RegionsimProcess.run(
      ["rank", "employment.share", "--around", "Mosseregionen", "--window", "4"],
      in: repositoryRoot
    )
    let lines = picture.split(separator: "\n").filter { $0.hasPrefix("<text") }.map { line in
      line.drop { $0 != ">" }.dropFirst().replacing("</text>", with: "")
        .replacing("&#x27;", with: "'")
    }
    #expect(lines.count > 12)
    for line in lines where !line.isEmpty {
      #expect(run.output.contains(line), "The picture has \(line)")
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
