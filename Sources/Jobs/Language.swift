/// A language that programs may be written in, by the name that travels in requests.
public enum Language: String, Codable, Sendable, Hashable, CaseIterable {
  /// C++20, compiled with g++ -O2.
  case cpp
  /// Java 17; the source holds a class with `main`.
  case java
  /// CPython 3.
  case python
  /// Node.js.
  case javascript

  /// The name that people write, for example in a report.
  public var title: String {
    switch self {
    case .cpp: "C++"
    case .java: "Java"
    case .python: "Python"
    case .javascript: "JavaScript"
    }
  }
}
