/// What a request may hold, for whoever takes one in: the API before it stores anything, and the executor once more
/// before it starts anything.
public struct RequestRules: Sendable, Hashable {
  /// Arguments that a program may be given.
  public var mostArguments = 64
  /// Bytes of one argument; execve(2) takes 128 KiB.
  public var longestArgument = 64 << 10
  /// Bytes of all arguments; execve(2) takes a quarter of the stack's limit, arguments and environment together.
  public var argumentBytes = 512 << 10
  /// Inputs of a list, each of which is a run.
  public var mostInputs = 100
  /// Bytes of all inputs.
  public var inputBytes = 4 << 20
  /// Files beside the source.
  public var mostFiles = 64
  /// Bytes of all files.
  public var fileBytes = 1 << 20
  /// Bytes of the source text.
  public var codeBytes = 4 << 20

  /// The rules of the reference stack.
  public init() {}

  /// What is wrong with a source text.
  public func code(_ code: String) -> [RequestFault] {
    let count = code.utf8.count
    if count > codeBytes { return [RequestFault("/code", "expected at most \(codeBytes) bytes, got \(count)")] }
    // Compilers skip it, stop at it or refuse it, each in its own way.
    guard let place = code.utf8.firstIndex(of: 0) else { return [] }
    let position = code.utf8.distance(from: code.utf8.startIndex, to: place)
    return [RequestFault("/code", "expected no NUL character, got one at byte \(position)")]
  }

  /// What is wrong with a program's arguments.
  public func arguments(_ arguments: [String]) -> [RequestFault] {
    if let fault = tooMany("/args", arguments.count, mostArguments) { return [fault] }
    let faults = arguments.enumerated().compactMap { index, argument -> RequestFault? in
      let count = argument.utf8.count
      if argument.utf8.contains(0) { return RequestFault("/args/\(index)", "expected no NUL character") }
      guard count > longestArgument else { return nil }
      return RequestFault("/args/\(index)", "expected at most \(longestArgument) bytes, got \(count)")
    }
    return faults.isEmpty ? tooLarge("/args", arguments, argumentBytes) : faults
  }

  /// What is wrong with what a program reads.
  public func input(_ input: StandardInput) -> [RequestFault] {
    if case .each(let texts) = input {
      if texts.isEmpty { return [RequestFault("/stdin", "expected a string or a list of at least one")] }
      if let fault = tooMany("/stdin", texts.count, mostInputs) { return [fault] }
    }
    return tooLarge("/stdin", input.texts, inputBytes)
  }

  /// What is wrong with the files beside a source; `mainSource` is the name of the source's own file.
  public func files(_ files: [SourceFile], mainSource: String) -> [RequestFault] {
    if let fault = tooMany("/files", files.count, mostFiles) { return [fault] }
    let names = files.map(\.name)
    var faults = names.enumerated().compactMap { index, name in
      FileNameRules.fault(name).map { RequestFault("/files/\(index)/name", $0) }
    }
    if faults.isEmpty {
      faults = FileNameRules.clashes(names, mainSource: mainSource).map { index, detail in
        RequestFault("/files/\(index)/name", detail)
      }
    }
    return faults + tooLarge("/files", files.map(\.content), fileBytes)
  }

  /// What is wrong with a compiler's options, by the list of the language.
  public func options(_ options: [String], _ language: LanguageDefinition) -> [RequestFault] {
    if let fault = tooMany("/options", options.count, OptionRules.mostOptions) { return [fault] }
    return options.enumerated().compactMap { index, option in
      OptionRules.fault(option, allowed: language.options ?? []).map { RequestFault("/options/\(index)", $0) }
    }
  }

  /// What is wrong with a tenant's name.
  public func tenant(_ tenant: String) -> [RequestFault] {
    let isRight = tenant.utf8.allSatisfy { FileNameRules.isAllowed($0) || $0 == UInt8(ascii: ":") }
    guard !isRight || !(1...128).contains(tenant.utf8.count) else { return [] }
    return [RequestFault("/tenant", "expected 1 to 128 of letters, digits, '.', '_', ':' and '-'")]
  }

  private func tooMany(_ pointer: String, _ count: Int, _ limit: Int) -> RequestFault? {
    count > limit ? RequestFault(pointer, "expected at most \(limit) elements, got \(count)") : nil
  }

  private func tooLarge(_ pointer: String, _ texts: [String], _ limit: Int) -> [RequestFault] {
    let count = texts.reduce(0) { $0 + $1.utf8.count }
    return count > limit ? [RequestFault(pointer, "expected at most \(limit) bytes together, got \(count)")] : []
  }
}
