import CodeExecution
import Jobs
import Sandbox
import Testing

@Suite("Techniques that make compilers faster")
struct TechniqueTests {
  @Test("all but the cache are chosen by default, none by none, and some by name")
  func selection() throws {
    #expect(try Technique.selection(nil) == Technique.usual)
    #expect(try Technique.selection("") == Technique.usual)
    #expect(try Technique.selection("none").isEmpty)
    #expect(try Technique.selection(" gold ,") == [.gold])
  }

  @Test(
    "an unknown name is refused with the names that there are",
    arguments: ["goldd", "gold,x", "gold none", "none,gold"])
  func unknownName(_ text: String) {
    let error = #expect(throws: TechniqueError.self) { try Technique.selection(text) }
    #expect(error?.description.contains("gold") == true)
  }
}
