internal import Datasets
internal import Imports
internal import Regions
internal import Reports

#if canImport(FoundationEssentials)
  internal import FoundationEssentials
#else
  internal import Foundation
#endif

/// Stores imported figures in a user's layer.
struct ImportStore {
  /// Figures and from where they came.
  struct Item {
    let proposal: ImportProposal
    let record: ImportRecord
  }

  /// The folder of the layer.
  let directory: String
  /// The dataset with the layers over it, the one that is written among them.
  let dataset: Dataset
  /// Whether commands use the layer without being told.
  let isInUse: Bool

  /// Prepares to store in a layer.
  ///
  /// - Parameters:
  ///   - folder: Its folder; `nil` for the last layer in use, or `regionsim-data` in the working
  ///     directory.
  ///   - locator: Where the dataset is.
  /// - Throws: `DatasetError` when the dataset or a layer cannot be read.
  init(into folder: String?, locator: DatasetLocator) throws(DatasetError) {
    var folders = try locator.folders()
    if let folder { directory = folder } else { directory = try locator.layerToWrite() }
    isInUse = folder == nil || folders.layers.contains(directory)
    if !folders.layers.contains(directory), DatasetLocator.holdsLayer(directory) {
      folders = DatasetFolders(dataset: folders.dataset, layers: folders.layers + [directory])
    } else if DatasetLocator.holdsDataset(directory) {
      throw DatasetError(
        .unwritable,
        file: directory,
        "This is a whole dataset, which is never changed. Choose another folder with --into."
      )
    }
    dataset = try Dataset(folders)
  }

  /// Now, in UTC, or the moment that `SOURCE_DATE_EPOCH` names
  /// (https://reproducible-builds.org/docs/source-date-epoch/).
  static var now: Date {
    let epoch = ProcessInfo.processInfo.environment["SOURCE_DATE_EPOCH"].flatMap(Double.init)
    return epoch.map { Date(timeIntervalSince1970: $0) } ?? Date()
  }

  /// Refuses figures of one series and year from two files.
  static func checkOverlaps(_ items: [Item]) throws(ImportError) {
    var origins: [String: String] = [:]
    for item in items {
      for year in item.proposal.columns.keys.sorted() {
        let key = "\(item.proposal.description.id) in \(year)"
        guard let other = origins.updateValue(item.record.origin, forKey: key) else { continue }
        throw ImportError(
          .unclear,
          origin: item.record.origin,
          "It holds \(key), and so does \(other). Import only one of them."
        )
      }
    }
  }

  /// Stores figures.
  ///
  /// - Parameter items: The figures.
  /// - Returns: The layer's version.
  /// - Throws: `DatasetError` when the layer cannot be read or written.
  func store(_ items: [Item]) throws(DatasetError) -> String {
    let layer = dataset.layers.first { $0.directory == directory }
    var draft = try LayerDraft(
      directory: directory,
      layer: layer,
      register: dataset.catalogue.register
    )
    for item in items {
      draft.put(
        item.proposal.description,
        columns: item.proposal.columns,
        breaks: item.proposal.breaks,
        lifted: item.proposal.liftedBreaks,
        record: item.record
      )
      if let indicator = item.proposal.indicator {
        draft.indicators.removeAll { $0.id == indicator.id }
        draft.indicators.append(indicator)
      }
    }
    return try draft.write(date: String(Self.now.ISO8601Format().prefix(10)))
  }
}
