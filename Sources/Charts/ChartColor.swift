/// The palette of every chart: the hues of Okabe and Ito (2008), which colour-blind readers tell apart, shifted in lightness so
/// that each stands out from a light and from a dark page (at least 3:1, WCAG 1.4.11).
///
/// A chart names colours by CSS class only; what a class looks like is decided by the page's theme (`ChartStyle`).
public enum ChartColor: String, Sendable, Hashable, CaseIterable {
  case blue
  case orange
  case vermillion
  case green
  case sky
  case purple
  case yellow
  case gray
  case silver

  /// The colour on a light page.
  public var light: String {
    switch self {
    case .blue: "#0072b2"
    case .orange: "#c27500"
    case .vermillion: "#c94a00"
    case .green: "#00845f"
    case .sky: "#3596ce"
    case .purple: "#a8528b"
    case .yellow: "#94860a"
    case .gray: "#6e7781"
    case .silver: "#8b939c"
    }
  }

  /// The colour on a dark page.
  public var dark: String {
    switch self {
    case .blue: "#4c93e6"
    case .orange: "#e69f00"
    case .vermillion: "#f2793f"
    case .green: "#21b587"
    case .sky: "#7fcbf5"
    case .purple: "#db8fbd"
    case .yellow: "#d8cb45"
    case .gray: "#8f98a3"
    case .silver: "#6b737d"
    }
  }

  /// The colour of text that names this one on a light page: darker, at least 4.5:1.
  public var lightText: String {
    switch self {
    case .blue: "#005f96"
    case .orange: "#8a5300"
    case .vermillion: "#a63d00"
    case .green: "#006b4d"
    case .sky: "#186a9b"
    case .purple: "#94407a"
    case .yellow: "#6c6200"
    case .gray, .silver: "#57606a"
    }
  }

  /// The colour of text that names this one on a dark page.
  public var darkText: String { self == .silver ? "#8f98a3" : dark }

  /// The colour of text that lies on this one, on a light and on a dark page.
  public var textOnIt: (light: String, dark: String) {
    switch self {
    case .blue, .vermillion, .green, .purple, .gray: ("#ffffff", "#111111")
    case .orange, .sky, .yellow: ("#111111", "#111111")
    case .silver: ("#111111", "#ffffff")
    }
  }
}
