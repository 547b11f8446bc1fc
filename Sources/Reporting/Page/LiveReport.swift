public import RunRecords

/// A run that still goes on as a page: the report's own charts over the jobs that have ended so far.
///
/// The page asks `/events` for what is new and takes it over; at the run's end it makes way for the report.
public struct LiveReport: Sendable {
  private let page: PageFrame

  /// The page of a run as far as it is stored.
  public init(_ reading: RunReading) {
    var reading = reading
    // A run without a last word is one that was killed, to any reader but this one.
    (reading.info.partial, reading.info.ending, reading.info.endReason) = (false, nil, nil)
    page = ReportPage(figures: RunFigures(reading), isRunning: true).frame
  }

  /// The whole page.
  public var html: String { page.html.text }
  /// What lies between `<main>` and `</main>`, to be put in the place of an older one.
  public var content: String { page.content.text }

  /// What a browser may do with the page: run its two scripts and ask where it came from, and nothing else.
  public static var policy: String {
    "default-src 'none'; style-src 'unsafe-inline'; script-src '\(ReportScript.hash)' '\(LiveScript.hash)'; "
      + "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
  }
}
