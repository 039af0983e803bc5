internal import Cubes

#if canImport(FoundationEssentials)
  internal import FoundationEssentials
#else
  internal import Foundation
#endif

/// A box of a table: the codes wanted of each variable.
struct TableQuery: Sendable, Hashable {
  /// One variable.
  struct Variable: Sendable, Hashable {
    let id: String
    let codelist: String?
    let codes: [String]
  }

  /// The variables, in the order of the table.
  let variables: [Variable]

  /// How many cells it has, `Int.max` if that is not a number.
  var cells: Int {
    variables.reduce(1) { product, variable in
      let (result, isOver) = product.multipliedReportingOverflow(by: variable.codes.count)
      return isOver ? .max : result
    }
  }

  /// The same box in parts of at most a number of cells: together all of it, and nothing twice.
  ///
  /// It is cut along its longest variable into even parts, those that are still too large again.
  ///
  /// - Complexity: O(number of parts × number of codes).
  func parts(of maximum: Int) -> [TableQuery] {
    guard cells > max(maximum, 1),
      let index = variables.indices.max(by: {
        variables[$0].codes.count < variables[$1].codes.count
      }), variables[index].codes.count > 1
    else { return [self] }
    let codes = variables[index].codes
    // As many codes together as fit; where not even one does, each alone, to be cut again.
    let most = max(1, maximum / max(cells / codes.count, 1))
    let wanted = (codes.count - 1) / most + 1
    var parts: [TableQuery] = []
    for part in 0..<wanted {
      let slice = codes[(codes.count * part / wanted)..<(codes.count * (part + 1) / wanted)]
      var variables = variables
      variables[index] = Variable(
        id: variables[index].id,
        codelist: variables[index].codelist,
        codes: Array(slice)
      )
      parts += TableQuery(variables: variables).parts(of: maximum)
    }
    return parts
  }

  /// The request for the data.
  ///
  /// - Parameters:
  ///   - url: The address of the table's data.
  ///   - maximumAddress: The longest address; what is longer is sent as the body of a POST, and so are
  ///     codes with a comma, at which an address would be split.
  /// - Returns: The request.
  func request(_ url: String, maximumAddress: Int) -> Transfer.Request {
    var address = "\(url)?lang=no&outputFormat=json-stat2"
    for variable in variables {
      let id = Self.escaped(variable.id)
      if let codelist = variable.codelist {
        address += "&codelist%5B\(id)%5D=\(Self.escaped(codelist))"
      }
      let codes = variable.codes.map(Self.escaped).joined(separator: ",")
      address += "&valueCodes%5B\(id)%5D=\(codes)"
    }
    let hasComma = variables.contains { $0.codes.contains { $0.contains(",") } }
    guard hasComma || address.utf8.count > maximumAddress else {
      return Transfer.Request(url: address)
    }
    return Transfer.Request(
      url: "\(url)?lang=no&outputFormat=json-stat2",
      body: body,
      headers: ["Content-Type: application/json"]
    )
  }

  private struct Body: Encodable {
    struct Selection: Encodable {
      let variableCode: String
      let codelist: String?
      let valueCodes: [String]
    }
    let selection: [Selection]
  }

  private var body: [UInt8] {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    let selection = variables.map {
      Body.Selection(variableCode: $0.id, codelist: $0.codelist, valueCodes: $0.codes)
    }
    // Texts only: nothing that JSON cannot say.
    return (try? encoder.encode(Body(selection: selection))).map { [UInt8]($0) } ?? []
  }

  static func escaped(_ text: String) -> String {
    var result = ""
    for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."),
        UInt8(ascii: "_"), UInt8(ascii: "~"):
        result.unicodeScalars.append(Unicode.Scalar(byte))
      default:
        let digits = String(byte, radix: 16, uppercase: true)
        result += byte < 16 ? "%0\(digits)" : "%\(digits)"
      }
    }
    return result
  }

  /// What is asked, for the record.
  var summary: String {
    variables.map { variable in
      let list = variable.codelist.map { "[\($0)]" } ?? ""
      let shown = variable.codes.prefix(4).joined(separator: ",")
      let more = variable.codes.count > 4 ? ",… (\(variable.codes.count))" : ""
      return "\(variable.id)\(list)=\(shown)\(more)"
    }.joined(separator: ";")
  }
}
