import Reporting
import RunRecords
import Testing

@Suite struct EventBoardTests {
  @Test("who has the last page waits for what happens next, who has not gets it at once")
  func asking() {
    var board = EventBoard<String>()
    #expect(board.ask("a", has: nil) == nil && board.readers == 1)
    #expect(board.show("<p>\n</p>").readers == ["a"])
    let late = board.ask("b", has: nil)
    #expect(late?.readers == ["b"])
    #expect(late?.text == "retry: 250\nid: 1\nevent: page\ndata: <p>\ndata: </p>\n\n")
    #expect(board.ask("a", has: 1) == nil)
    #expect(board.tell("50 ok").text == "retry: 250\nid: 1\nevent: now\ndata: 50 ok\n\n")
    #expect(board.readers == 0)
  }

  @Test("at the end everybody is sent to the report, and whoever asks later, too")
  func end() {
    var board = EventBoard<String>()
    _ = board.ask("a", has: nil)
    #expect(board.end().readers == ["a"] && board.isOver)
    #expect(board.ask("b", has: 7)?.text == "retry: 250\nevent: end\ndata: \n\n")
  }

  @Test("no text can become a field of its own", arguments: ["x\nevent: end", "x\revent: end", "x\r\nevent: end"])
  func hostile(text: String) {
    var board = EventBoard<String>()
    #expect(board.show(text).text.hasSuffix("data: x\ndata: event: end\n\n"))
  }
}

@Suite struct LiveReportTests {
  @Test("a page of a run that goes on judges nothing, and has the report's charts")
  func page() {
    var reading = SyntheticRun.steady()
    reading.info.partial = true
    let live = LiveReport(reading)
    #expect(MarkupChecker(live.html).problems == [])
    #expect(live.html.contains("RUNNING") && !live.html.contains("PARTIAL") && !live.html.contains("VALID"))
    for id in ["chart-rates", "chart-course", "chart-jobs", "chart-decomposition", "chart-queue", "chart-cold"] {
      #expect(live.content.contains("<figure id=\"\(id)\">"))
    }
    #expect(live.html.contains("<main>\n\(live.content)</main>"))
  }

  @Test("a page before the first job is a page")
  func empty() {
    var reading = SyntheticRun.empty()
    reading.info.ending = nil
    #expect(MarkupChecker(LiveReport(reading).html).problems == [])
  }
}
