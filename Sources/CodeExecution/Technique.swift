/// A way to make a compiler faster that changes nothing about what it accepts and produces.
public enum Technique: String, Sendable, Hashable, CaseIterable {
  /// A precompiled header for C++ programs that begin with `#include <bits/stdc++.h>`.
  case pch
  /// An archive of the classes of javac.
  case cds
  /// The linker gold for C++, where it is installed.
  case gold

  /// The techniques that a setting asks for: names between commas, or `none`; all where nothing is set.
  public static func selection(_ text: String?) throws(TechniqueError) -> Set<Self> {
    let names = (text ?? "").split(separator: ",").map { $0.trimmed }.filter { !$0.isEmpty }
    if names.isEmpty { return Set(allCases) }
    if names == ["none"] { return [] }
    var chosen: Set<Self> = []
    for name in names {
      guard let technique = Self(rawValue: name) else { throw TechniqueError(name: name) }
      chosen.insert(technique)
    }
    return chosen
  }
}

/// A name that is no technique's.
public struct TechniqueError: Error, CustomStringConvertible, Sendable, Hashable {
  /// What was asked for.
  public let name: String

  /// The sentence for a person, with the names that there are.
  public var description: String {
    let names = Technique.allCases.map(\.rawValue).joined(separator: ", ")
    return "there is no technique \"\(name)\": use a list of \(names) with commas between, or none alone"
  }
}

extension Substring {
  fileprivate var trimmed: String {
    String(drop(while: \.isWhitespace).reversed().drop(while: \.isWhitespace).reversed())
  }
}
