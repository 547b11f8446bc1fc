import Foundation
import RunRecords
import Testing

@Suite struct RunLocationTests {
  private let root: String
  private let location: RunLocation

  init() throws {
    root = NSTemporaryDirectory() + "rce-location-\(UUID().uuidString)"
    for name in [
      "runs/20261124-100000-smoke-aaaa", "runs/20261124-110000-smoke-bbbb", "runs/20261125-100000-steady-cccc",
      "baselines/steady/20261101-100000-steady-dddd", "baselines/steady/20261102-100000-steady-eeee", "runs/none",
    ] {
      try FileManager.default.createDirectory(atPath: "\(root)/\(name)", withIntermediateDirectories: true)
      guard !name.hasSuffix("none") else { continue }
      _ = FileManager.default.createFile(atPath: "\(root)/\(name)/run.sqlite", contents: Data())
    }
    location = RunLocation(runs: "\(root)/runs", baselines: "\(root)/baselines")
  }

  private func folder(_ argument: String) throws -> String {
    String(try location.folder(of: argument).dropFirst(root.count + 1))
  }

  @Test("a run is its folder, its store, the beginning of its id, or the latest one")
  func ways() throws {
    defer { try? FileManager.default.removeItem(atPath: root) }
    let smoke = "runs/20261124-100000-smoke-aaaa"
    #expect(try folder("\(root)/\(smoke)") == smoke)
    #expect(try folder("\(root)/\(smoke)/") == smoke)
    #expect(try folder("\(root)/\(smoke)/run.sqlite") == smoke)
    #expect(try folder("20261124-10") == smoke)
    #expect(try folder("latest") == "runs/20261125-100000-steady-cccc")
    #expect(try location.folders(of: "steady").count == 2)
    #expect(try location.folders(of: "\(root)/runs").count == 3)
  }

  @Test(
    "what is no run, or more than one, is said with what to do",
    arguments: [
      ("20261124", "2 runs begin like this"), ("2027", "the newest are 20261125-100000-steady-cccc"), ("", "no folder"),
      ("../runs", "no folder"), ("none", "no folder"), ("steady", "it holds 2 runs"),
    ])
  func errors(argument: String, message: String) {
    defer { try? FileManager.default.removeItem(atPath: root) }
    do throws(RunStoreError) {
      let found = try location.folder(of: argument)
      Issue.record("found \(found)")
    } catch { #expect(error.description.contains(message), "\(error)") }
  }

  @Test("where no run is, the message says where they are looked for")
  func nothing() throws {
    try FileManager.default.removeItem(atPath: root)
    do throws(RunStoreError) {
      _ = try location.folder(of: "latest")
      Issue.record("there is no run")
    } catch { #expect(error.description.contains("no run below \(root)/runs")) }
  }
}
