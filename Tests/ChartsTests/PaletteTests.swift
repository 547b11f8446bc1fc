import Charts
import Glibc
import Testing

@Suite struct PaletteTests {
  @Test(
    "every colour stands out from the page at least 3:1, and names in it at least 4.5:1", arguments: ChartColor.allCases
  )
  func contrast(color: ChartColor) {
    #expect(Self.contrast(color.light, ChartStyle.surface.light) >= 3)
    #expect(Self.contrast(color.dark, ChartStyle.surface.dark) >= 3)
    #expect(Self.contrast(color.lightText, ChartStyle.surface.light) >= 4.5)
    #expect(Self.contrast(color.darkText, ChartStyle.surface.dark) >= 4.5)
    #expect(Self.contrast(color.light, color.textOnIt.light) >= 4.5)
    #expect(Self.contrast(color.dark, color.textOnIt.dark) >= 4.5)
  }

  @Test("the style sheet has a rule and a property for every colour")
  func rules() {
    for color in ChartColor.allCases {
      #expect(ChartStyle.rules.contains(".f-\(color.rawValue){fill:var(--\(color.rawValue))}"))
      #expect(ChartStyle.lightProperties.contains("--\(color.rawValue):\(color.light);"))
      #expect(ChartStyle.darkProperties.contains("--\(color.rawValue):\(color.dark);"))
    }
  }

  /// (lighter + 0.05) / (darker + 0.05), by relative luminance (WCAG 2.1).
  private static func contrast(_ a: String, _ b: String) -> Double {
    let (x, y) = (luminance(a), luminance(b))
    return (max(x, y) + 0.05) / (min(x, y) + 0.05)
  }

  private static func luminance(_ hex: String) -> Double {
    let number = Int(hex.dropFirst(), radix: 16) ?? 0
    let channels = [16, 8, 0].map { shift -> Double in
      let value = Double(number >> shift & 0xff) / 255
      return value <= 0.03928 ? value / 12.92 : pow((value + 0.055) / 1.055, 2.4)
    }
    return 0.2126 * channels[0] + 0.7152 * channels[1] + 0.0722 * channels[2]
  }
}
