import TestSupport

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// A workbook that a script in Reference made.
func workbook(_ name: String) throws -> [UInt8] {
  let file = "\(repositoryRoot)/Tests/CubesTests/Workbooks/\(name)"
  return try [UInt8](Data(contentsOf: URL(filePath: file)))
}
