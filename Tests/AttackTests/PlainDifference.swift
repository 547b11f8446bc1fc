import Jobs

/// An attack that succeeds, or ends otherwise, where the kernel gives no namespaces, with the reason.
struct PlainDifference: Sendable {
  /// The program's folder.
  var folder: String
  /// The file; nil is every file of the folder.
  var file: String?
  /// The language; nil is every language.
  var language: Language?
  var reason: String

  static let table = [
    PlainDifference(
      folder: "19-own-box", language: .python, reason: "the program's directory is not /box, which the program names"),
    PlainDifference(
      folder: "25-secrets",
      reason: "arguments of every process of the machine can be read; the executor's environment and memory cannot"),
    PlainDifference(folder: "27-network", reason: "there is no network of its own: the route has to be missing"),
    PlainDifference(folder: "38-terminals", reason: "refused as no terminal rather than as not permitted"),
    PlainDifference(
      folder: "40-other-numbers", reason: "it takes a filter of system calls; AWS Lambda's own kernel ends them"),
    PlainDifference(
      folder: "44-includes", file: "passwd.cpp", reason: "files that everyone on the machine may read can be read"),
    PlainDifference(
      folder: "51-runtime", file: "site.py", reason: "the program's directory is not /box, which the program names"),
  ]

  /// Why an attack may end otherwise; nil where it must not.
  static func reason(_ attack: Attack) -> String? {
    table.first {
      $0.folder == attack.folder && ($0.file == nil || $0.file == attack.file)
        && ($0.language == nil || $0.language == attack.language)
    }?.reason
  }
}
