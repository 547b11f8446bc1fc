package import HostSystem

/// What one job's compiler made: in a directory that the sandbox shows to the program, and where known in memory.
package final class Product: Sendable {
  private let directory: ProductDirectory
  private let owner: UInt32?
  private let bounds: ProductCollection.Bounds
  private let files = Lock<[ProductFile]?>(nil)

  /// An empty one for a host user; nil is the caller itself.
  package init(below temporary: String, owner: UInt32?, largestBytes: Int) throws(SystemCallError) {
    directory = try .make(below: temporary, owner: owner)
    self.owner = owner
    bounds = ProductCollection.Bounds(bytes: largestBytes)
  }

  /// The directory, to mount in the sandbox.
  package var path: String { directory.path }

  /// Puts these files in; to be called once, before any program has seen the directory.
  package func fill(_ files: [ProductFile]) throws(ProductError) {
    try ProductWriter.write(files, to: path, owner: owner)
    self.files.withLock { $0 = files }
  }

  /// The files: what was put in, or else what is found; only where no program runs that can write the directory.
  package func contents() throws(ProductError) -> [ProductFile] {
    if let files = files.withLock({ $0 }) { return files }
    let found = try ProductCollection.collect(path, bounds)
    files.withLock { $0 = found }
    return found
  }
}
