/// The style sheet that charts need on their page: colours as custom properties, for both themes, and one class a role.
public enum ChartStyle {
  /// The surface that charts are drawn on, on a light and on a dark page.
  public static let surface = (light: "#ffffff", dark: "#15181c")

  /// Declarations of the custom properties for a light page.
  public static var lightProperties: String {
    ChartColor.allCases.map {
      "--\($0.rawValue):\($0.light);--\($0.rawValue)-text:\($0.lightText);--on-\($0.rawValue):\($0.textOnIt.light);"
    }.joined()
  }

  /// Declarations of the custom properties for a dark page.
  public static var darkProperties: String {
    ChartColor.allCases.map {
      "--\($0.rawValue):\($0.dark);--\($0.rawValue)-text:\($0.darkText);--on-\($0.rawValue):\($0.textOnIt.dark);"
    }.joined()
  }

  /// The rules; they use `--ink`, `--muted`, `--line`, `--band` and `--surface` of the page, and the palette's properties.
  public static var rules: String {
    let palette = ChartColor.allCases.map { color in
      let name = color.rawValue
      return
        ".chart .f-\(name){fill:var(--\(name))}.chart .s-\(name){stroke:var(--\(name))}.chart .t-\(name){fill:var(--\(name)-text)}"
        + ".chart .o-\(name){fill:var(--on-\(name))}"
    }
    return base + palette.joined(separator: "\n")
  }

  private static let base = """
    .chart{display:block;width:100%;height:auto;font:12px system-ui,sans-serif;font-variant-numeric:tabular-nums}
    .chart text{fill:var(--muted)}
    .chart .strong{fill:var(--ink);font-weight:600}
    .chart .ink{fill:var(--ink)}
    .chart .grid{stroke:var(--line);stroke-width:1;fill:none}
    .chart .axis{stroke:var(--muted);stroke-width:1;fill:none}
    .chart .band{fill:var(--band)}
    .chart .border{stroke:var(--muted);stroke-width:1;stroke-dasharray:1 3;fill:none}
    .chart .halo{stroke:var(--surface);stroke-width:3;stroke-linejoin:round;paint-order:stroke}
    .chart .line{fill:none;stroke-width:2;stroke-linejoin:round;stroke-linecap:round}
    .chart .thin{fill:none;stroke-width:1.25}
    .chart .dash{stroke-dasharray:5 4}
    .chart .area{fill-opacity:.16}
    .chart .dot{fill:none;stroke-width:6.4;stroke-linecap:round;stroke-opacity:.62}
    .chart .small{stroke-width:5.2}
    .chart .dense{stroke-width:3.4}
    .chart .ring{fill:none;stroke-width:2}
    .chart .range{fill-opacity:.2}
    .chart .shade-1{fill-opacity:.2}.chart .shade-2{fill-opacity:.4}.chart .shade-3{fill-opacity:.6}
    .chart .shade-4{fill-opacity:.8}.chart .shade-5{fill-opacity:1}
    .chart .mark{stroke:var(--ink);stroke-width:2;fill:none}
    .chart .strong-label{font-weight:600}
    .chart .rule{stroke:var(--ink);stroke-width:1;stroke-dasharray:2 3;fill:none}

    """
}
