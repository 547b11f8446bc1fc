import CodeExecution
import Glibc
import HostSystem
import Sandbox
import Testing

@Suite("Products are taken over without a way out of their directory", .timeLimit(.minutes(15)))
struct ProductCollectionTests {
  /// A private directory with one for a product in it.
  private final class Place {
    let root: String
    var product: String { root + "/product" }

    init() throws {
      var template = Array("/tmp/collect-XXXXXX".utf8CString)
      guard mkdtemp(&template) != nil else { throw SystemCallError("mkdtemp") }
      root = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
      mkdir(product, 0o755)
    }

    func write(_ path: String, _ text: String = "x") throws {
      let file = try FileDescriptor.open(path, O_WRONLY | O_CREAT | O_TRUNC)
      try file.writeAll(text)
    }

    deinit {
      DirectoryRemoval.empty(root)
      rmdir(root)
    }
  }

  private static let bounds = ProductCollection.Bounds(bytes: 1 << 20)

  @Test("files come with their paths, their bytes and whether they are programs")
  func files() throws {
    let place = try Place()
    mkdir(place.product + "/a", 0o755)
    mkdir(place.product + "/a/b", 0o755)
    try place.write(place.product + "/a/b/c", "text")
    try place.write(place.product + "/main", "")
    chmod(place.product + "/main", 0o755)
    let files = try ProductCollection.collect(place.product, Self.bounds)
    #expect(files == [ProductFile("a/b/c", Array("text".utf8)), ProductFile("main", isExecutable: true, [])])
    let copy = try Place()
    try ProductWriter.write(files, to: copy.product, owner: nil)
    #expect(try ProductCollection.collect(copy.product, Self.bounds) == files)
  }

  @Test(
    "links, pipes, sockets and second names are refused without waiting and without a byte of theirs",
    arguments: ["symlink", "dangling", "directory link", "hard link", "fifo", "socket", "proc"])
  func foreign(kind: String) throws {
    let place = try Place()
    let trap = place.product + "/Main.class"
    try place.write(place.root + "/secret", "secret")
    switch kind {
    case "symlink": symlink("../secret", trap)
    case "dangling": symlink("/nowhere", trap)
    case "directory link": symlink("/etc", trap)
    case "hard link": link(place.root + "/secret", trap)
    case "fifo": mkfifo(trap, 0o644)
    case "proc": symlink("/proc/self/environ", trap)
    default: try Self.bindSocket(trap)
    }
    #expect(throws: ProductError.self) { try ProductCollection.collect(place.product, Self.bounds) }
  }

  private static func bindSocket(_ path: String) throws {
    var address = sockaddr_un()
    address.sun_family = sa_family_t(AF_UNIX)
    withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path.utf8) }
    let socket = FileDescriptor(owning: socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0))
    let result = withUnsafePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        bind(socket.number, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
      }
    }
    guard result == 0 else { throw SystemCallError("bind", path) }
  }

  @Test("the directory itself must be one")
  func rootLink() throws {
    let place = try Place()
    symlink("/etc", place.root + "/link")
    #expect(throws: ProductError.self) { try ProductCollection.collect(place.root + "/link", Self.bounds) }
    #expect(throws: ProductError.self) { try ProductCollection.collect(place.root + "/missing", Self.bounds) }
  }

  @Test("too many bytes, files or levels are refused", arguments: ["bytes", "entries", "depth", "sparse"])
  func bounds(kind: String) throws {
    let place = try Place()
    var bounds = Self.bounds
    switch kind {
    case "bytes":
      bounds.bytes = 9
      for name in ["a", "b"] { try place.write(place.product + "/" + name, "12345") }
    case "entries":
      bounds.entries = 3
      for name in 0..<4 { try place.write(place.product + "/\(name)") }
    case "sparse":
      try place.write(place.product + "/a")
      truncate(place.product + "/a", 1 << 40)
    default:
      var path = place.product
      for _ in 0..<40 {
        path += "/d"
        mkdir(path, 0o755)
      }
    }
    #expect(throws: ProductError.self) { try ProductCollection.collect(place.product, bounds) }
  }

  @Test("a directory that is swapped for a link while it is read never leads outside")
  func swap() throws {
    let place = try Place()
    for directory in ["product/d", "outside"] { mkdir(place.root + "/" + directory, 0o755) }
    try place.write(place.product + "/d/f", "inside")
    try place.write(place.root + "/outside/f", "secret")
    let isOver = Lock(false)
    let (directory, outside) = (place.product + "/d", place.root + "/outside")
    let swapper = try NativeThread(named: "swapper") {
      while !isOver.withLock({ $0 }) {
        rename(directory, directory + "-")
        symlink(outside, directory)
        unlink(directory)
        rename(directory + "-", directory)
      }
    }
    var counts = (whole: 0, refused: 0)
    let deadline = MonotonicInstant.now + 2_000_000_000
    while MonotonicInstant.now < deadline {
      do throws(ProductError) {
        for file in try ProductCollection.collect(place.product, Self.bounds) {
          #expect(file.bytes == Array("inside".utf8))
        }
        counts.whole += 1
      } catch {
        counts.refused += 1
      }
    }
    isOver.withLock { $0 = true }
    swapper.join()
    // Both happened, or it was no race.
    #expect(counts.whole > 0 && counts.refused > 0, "\(counts)")
  }

  @Test(
    "no path leads a writer out",
    arguments: ["../x", "/x", "a/../../x", "", ".", "..", "a//b", "a/", "a/./b", "a\u{0}b"])
  func writtenPaths(path: String) throws {
    let place = try Place()
    #expect(throws: ProductError.self) {
      try ProductWriter.write([ProductFile(path, [1])], to: place.product, owner: nil)
    }
    #expect(access(place.root + "/x", F_OK) != 0)
  }

  @Test("a writer never goes through a link, and never over a file")
  func writtenLinks() throws {
    let place = try Place()
    mkdir(place.root + "/outside", 0o755)
    symlink("../outside", place.product + "/d")
    try place.write(place.product + "/f", "old")
    for path in ["d/x", "f"] {
      #expect(throws: ProductError.self) {
        try ProductWriter.write([ProductFile(path, [1])], to: place.product, owner: nil)
      }
    }
    #expect(access(place.root + "/outside/x", F_OK) != 0)
  }
}
