/// What a Java source must be told from outside: the name of its file and of the class to start.
package struct JavaSource: Sendable, Equatable {
  /// A class, interface, enum or record that no other one holds.
  package struct TopLevelType: Sendable, Equatable {
    package var name: String
    package var isPublic: Bool
    package var hasMain: Bool
  }

  /// The package's name with a dot at its end; empty where there is none.
  package private(set) var packagePrefix = ""
  package private(set) var types: [TopLevelType] = []

  /// Reads a source; broken ones are read as far as it goes, and the compiler says what is wrong.
  package init(_ text: String) {
    var tokens = JavaTokens(text)
    var depth = 0
    var isPublic = false
    while let token = tokens.next() {
      switch token {
      case "{": depth += 1
      case "}":
        depth -= 1
        isPublic = false
      case ";": isPublic = false
      case "package" where depth == 0 && types.isEmpty: packagePrefix = tokens.takeQualifiedName() + "."
      case "public" where depth == 0: isPublic = true
      case "class", "interface", "enum", "record":
        guard depth == 0, let name = tokens.takeName() else { continue }
        types.append(TopLevelType(name: name, isPublic: isPublic, hasMain: false))
      case "main" where depth == 1 && tokens.peek() == "(" && !types.isEmpty:
        types[types.count - 1].hasMain = true
      default: break
      }
    }
  }

  /// The name that the compiler demands: the public type's, else the started one's.
  package var fileName: String {
    (types.first(where: \.isPublic) ?? mainType ?? types.first)?.name ?? "Main"
  }

  /// The class to start, with its package.
  package var mainClass: String {
    packagePrefix + (mainType?.name ?? fileName)
  }

  private var mainType: TopLevelType? {
    types.first { $0.hasMain && $0.isPublic } ?? types.first(where: \.hasMain)
  }
}
