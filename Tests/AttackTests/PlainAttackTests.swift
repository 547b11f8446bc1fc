import Glibc
import HostSystem
import Jobs
import TestServices
import Testing

extension Attacks {
  /// The attacks where the kernel gives no namespaces, as on AWS Lambda, on an executor that is started for each: rows
  /// that do not need what only a namespace or a control group gives.
  @Suite(
    "Attacks where there are no namespaces", .enabled(if: geteuid() == 0, "another user cannot be taken on"))
  struct PlainAttackTests {
    /// Row 36, which ends the executor itself, is tested where environments are started anew.
    private static let rows = Set(1...9).union([13, 14, 15, 16, 18, 19, 25, 26, 27, 32, 33, 37, 38, 40, 41])
      .union([43, 44, 45, 46, 48, 51, 54, 55])

    private static var attacks: [Attack] {
      // A program in Python starts in a tenth of the time of one in C++; what attacks the compiler has to be the latter.
      Attacks.all.filter { rows.contains($0.row) && $0.language == ((44...46).contains($0.row) ? .cpp : .python) }
    }

    @Test("what needs no namespace holds without them")
    func attacks() throws {
      let bench = try Attacks.bench(.jail)
      let executor = try PlainExecutor(.lambda)
      var problems: [String] = []
      for attack in Self.attacks {
        problems += try Self.problems(of: attack, bench, executor).map { "\(attack.testDescription): \($0)" }
      }
      #expect(problems.isEmpty, "\(problems.joined(separator: "\n"))")
    }

    private static func problems(
      of attack: Attack, _ bench: AttackBench, _ executor: PlainExecutor
    ) throws -> [String] {
      // Only a figure may be missed once; what was left or got out counts whatever comes of the next attempt.
      var lasting: [String] = []
      let problems = try AttackRun.attempt(attack) {
        let result: ExecutionResult
        do { result = try executor.run(bench.request(attack)) } catch {
          lasting.append("the executor ended: \("\(error)".suffix(80))")
          return []
        }
        Self.removeFiles(of: executor.user)
        lasting += executor.processes.map { "P1 process \($0)" }
        if PlainDifference.reason(attack) != nil { return [] }
        lasting += bench.canary.leaks(in: result)
        return attack.problems(in: result, on: .jail)
      }
      return problems + lasting
    }

    /// What a program leaves outside of its directory makes its environment end; here it would stand in another's way.
    private static func removeFiles(of user: UInt32) {
      for path in HostState.sharedPlaces.flatMap({ place in
        DirectoryNames.list(place).map { "\(place)/\($0)" }
      }) {
        var information = stat()
        if lstat(path, &information) == 0, information.st_uid == user { unlink(path) }
      }
    }
  }
}
