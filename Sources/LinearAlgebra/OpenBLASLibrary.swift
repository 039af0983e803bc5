#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#else
  internal import Darwin
#endif

/// The functions of a loaded OpenBLAS that regionsim calls, as `cblas.h` and LAPACK declare them.
///
/// Nothing is linked: a program that never multiplies matrices needs no OpenBLAS, and what OpenBLAS
/// reads once, while it is loaded, can be set before.
struct OpenBLASLibrary: Sendable {
  /// `cblas_dgemm`: a product of matrices.
  typealias Product =
    @convention(c) @Sendable (
      CInt, CInt, CInt, CInt, CInt, CInt, Double, UnsafePointer<Double>?, CInt,
      UnsafePointer<Double>?, CInt, Double, UnsafeMutablePointer<Double>?, CInt
    ) -> Void
  /// `cblas_dtrmm`: a product by a triangular matrix, in place.
  typealias TriangularProduct =
    @convention(c) @Sendable (
      CInt, CInt, CInt, CInt, CInt, CInt, CInt, Double, UnsafePointer<Double>?, CInt,
      UnsafeMutablePointer<Double>?, CInt
    ) -> Void
  /// `dpotrf_`: the Cholesky factor, in place.
  typealias Factor =
    @convention(c) @Sendable (
      UnsafePointer<CChar>, UnsafePointer<CInt>, UnsafeMutablePointer<Double>, UnsafePointer<CInt>,
      UnsafeMutablePointer<CInt>
    ) -> Void
  /// `openblas_get_config` and `openblas_get_corename`.
  typealias Text = @convention(c) @Sendable () -> UnsafePointer<CChar>?
  /// `openblas_get_num_threads`.
  typealias Count = @convention(c) @Sendable () -> CInt
  /// `openblas_set_num_threads`.
  typealias SetCount = @convention(c) @Sendable (CInt) -> Void

  /// `CblasColMajor`.
  static let columnMajor: CInt = 102
  /// `CblasNoTrans`.
  static let notTransposed: CInt = 111
  /// `CblasLower`.
  static let lower: CInt = 122
  /// `CblasNonUnit`.
  static let ownDiagonal: CInt = 131
  /// `CblasLeft`.
  static let left: CInt = 141

  /// `cblas_dgemm`.
  var dgemm: Product
  /// `cblas_dtrmm`.
  var dtrmm: TriangularProduct
  /// `dpotrf_`.
  var dpotrf: Factor
  /// Who chose the core.
  let coreChoice: OpenBLAS.CoreChoice
  private let getConfiguration: Text
  private let getCore: Text
  private let getThreads: Count

  /// The build's configuration as the library states it.
  var configuration: String { getConfiguration().map { String(cString: $0) } ?? "" }
  /// The core whose kernels are used.
  var core: String { getCore().map { String(cString: $0) } ?? "" }
  /// The number of threads of one call.
  var threads: Int { Int(getThreads()) }

  /// Loads the first library that can be, for one thread, and tries it on small matrices.
  ///
  /// While it is loaded, the environment holds what the library is to read and the user has not set;
  /// afterwards it is as before. No other thread may change the environment meanwhile.
  ///
  /// - Parameters:
  ///   - names: Names or paths as `dlopen` takes them, in the order they are tried.
  ///   - wishedCore: The core whose kernels are wanted; `nil` leaves the choice to OpenBLAS.
  /// - Throws: `OpenBLASError` when there is none, or it is not usable.
  init(firstOf names: [String], wishedCore: String?) throws(OpenBLASError) {
    let usersCore = getenv(Self.coreVariable).map { String(cString: $0) }
    var settings = [("OPENBLAS_NUM_THREADS", "1")]
    if let wishedCore { settings.append((Self.coreVariable, wishedCore)) }
    let (handle, name) = try Self.withEnvironment(settings) { () throws(OpenBLASError) in
      try Self.open(firstOf: names)
    }
    func function<Function>(_ symbol: String, _: Function.Type) throws(OpenBLASError) -> Function {
      guard let address = dlsym(handle, symbol) else {
        throw .noFunction(name: symbol, library: name)
      }
      return unsafeBitCast(address, to: Function.self)
    }
    getConfiguration = try function("openblas_get_config", Text.self)
    getCore = try function("openblas_get_corename", Text.self)
    getThreads = try function("openblas_get_num_threads", Count.self)
    dgemm = try function("cblas_dgemm", Product.self)
    dtrmm = try function("cblas_dtrmm", TriangularProduct.self)
    dpotrf = try function("dpotrf_", Factor.self)
    let chosen = getCore().map { String(cString: $0).lowercased() }
    coreChoice =
      switch (usersCore, wishedCore) {
      case (let users?, _): users.lowercased() == chosen ? .user : .openBLAS
      case (nil, let wished?): wished.lowercased() == chosen ? .regionsim : .openBLAS
      case (nil, nil): .openBLAS
      }
    guard !configuration.split(separator: " ").contains("USE64BITINT") else {
      throw .wideIntegers(library: name)
    }
    // Also where the user's variable asks for more threads: the caller arranges parallel work.
    try function("openblas_set_num_threads", SetCount.self)(1)
    try verify()
  }

  private static let coreVariable = "OPENBLAS_CORETYPE"

  /// Opens the first library that can be, for the rest of the process.
  private static func open(
    firstOf names: [String]
  ) throws(OpenBLASError) -> (handle: UnsafeMutableRawPointer, name: String) {
    var tried: [String] = []
    for name in names {
      if let handle = dlopen(name, RTLD_NOW | RTLD_LOCAL) { return (handle, name) }
      let reason = dlerror().map { String(cString: $0) } ?? ""
      tried.append(reason.contains(name) ? reason : "\(name): \(reason)")
    }
    throw .notLoaded(tried: tried)
  }

  /// Runs `body` while the variables that are not set have these values.
  private static func withEnvironment<Result>(
    _ settings: [(name: String, value: String)],
    _ body: () throws(OpenBLASError) -> Result
  ) throws(OpenBLASError) -> Result {
    let missing = settings.filter { getenv($0.name) == nil }
    for (name, value) in missing { setenv(name, value, 0) }
    defer { for (name, _) in missing { unsetenv(name) } }
    return try body()
  }
}

extension OpenBLASLibrary {
  /// Compares small products and a factor with plain loops.
  ///
  /// All elements are small whole numbers, and the factor's diagonal is 1, so that no order of addition
  /// rounds: right results are equal, not close. The sizes are no multiples of a kernel's.
  ///
  /// - Throws: `OpenBLASError.wrongResult`. Some builds have had kernels that are broken on some
  ///   processors.
  func verify() throws(OpenBLASError) {
    let (rows, inner, columns) = (37, 29, 31)
    func whole(_ row: Int, _ column: Int) -> Double { Double((7 * row + 11 * column) % 13 - 6) }
    func elements(_ rows: Int, _ columns: Int, _ value: (Int, Int) -> Double) -> [Double] {
      (0..<rows * columns).map { value($0 % rows, $0 / rows) }
    }

    let left = elements(rows, inner, whole)
    let right = elements(inner, columns, whole)
    var product = [Double](repeating: .nan, count: rows * columns)
    dgemm(
      Self.columnMajor,
      Self.notTransposed,
      Self.notTransposed,
      CInt(rows),
      CInt(columns),
      CInt(inner),
      1,
      left,
      CInt(rows),
      right,
      CInt(inner),
      0,
      &product,
      CInt(rows)
    )
    let expected = elements(rows, columns) { row, column in
      (0..<inner).reduce(0) { $0 + whole(row, $1) * whole($1, column) }
    }
    guard product == expected else {
      throw .wrongResult(function: "dgemm", configuration: configuration)
    }

    func lower(_ row: Int, _ column: Int) -> Double {
      row == column ? 1 : row > column ? whole(row, column) : 0
    }
    let triangle = elements(rows, rows, lower)
    var square = elements(rows, rows) { row, column in lower(column, row) }
    dtrmm(
      Self.columnMajor,
      Self.left,
      Self.lower,
      Self.notTransposed,
      Self.ownDiagonal,
      CInt(rows),
      CInt(rows),
      1,
      triangle,
      CInt(rows),
      &square,
      CInt(rows)
    )
    let expectedSquare = elements(rows, rows) { row, column in
      (0...min(row, column)).reduce(0) { $0 + lower(row, $1) * lower(column, $1) }
    }
    guard square == expectedSquare else {
      throw .wrongResult(function: "dtrmm", configuration: configuration)
    }

    var (size, leading, info) = (CInt(rows), CInt(rows), CInt(0))
    var part = CChar(UInt8(ascii: "L"))
    dpotrf(&part, &size, &square, &leading, &info)
    let factor = elements(rows, rows) { row, column in
      row >= column ? square[row + column * rows] : 0
    }
    guard info == 0, factor == triangle else {
      throw .wrongResult(function: "dpotrf", configuration: configuration)
    }
  }
}
