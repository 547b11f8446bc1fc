public import Sandbox

/// A way to make a job faster that changes nothing about what its program means.
public enum Technique: String, Sendable, Hashable, CaseIterable {
  /// A precompiled header for C++ programs that begin with `#include <bits/stdc++.h>`.
  case pch
  /// An archive of the classes of javac.
  case cds
  /// The linker gold for C++, where it is installed.
  case gold
  /// The linker mold for C++, where it is installed; it goes before gold.
  case mold
  /// Node and Java virtual machines that are booted before there is a program for them.
  case prewarm
  /// Copies of a started interpreter of Python.
  case zygote
  /// A javac that stays.
  case resident
  /// Products of earlier compilations of the same sources by the same compiler for the same tenant.
  case cache

  /// What is used where nothing is said: all but the cache, which would turn a measured repetition into a look-up.
  public static let usual = Set(allCases).subtracting([.cache])

  /// Those that nothing which runs in such a sandbox can turn against the next program.
  ///
  /// Without namespaces a program could change whatever process or file of the same user is kept ready; what is prepared
  /// in the image belongs to another user.
  ///
  /// - Parameter shelf: what is prepared in the image, where it is out of programs' reach.
  public static func safe(
    of techniques: Set<Self>, in sandbox: SandboxCapabilities, with shelf: PreparedShelf? = nil
  ) -> Set<Self> {
    guard sandbox.namespaces.isEmpty else { return techniques }
    return techniques.intersection([.gold, .mold, .cache] + (shelf == nil ? [] : [.pch, .cds]))
  }

  /// The techniques that a setting asks for: names between commas, or `none`; the usual ones where nothing is set.
  public static func selection(_ text: String?) throws(TechniqueError) -> Set<Self> {
    let names = (text ?? "").split(separator: ",").map { $0.trimmed }.filter { !$0.isEmpty }
    if names.isEmpty { return usual }
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
