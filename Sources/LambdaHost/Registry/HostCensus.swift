/// Which hosts are alive, from what they last said of themselves.
package enum HostCensus {
  /// A host on the register and how long ago it last said that it is alive, in milliseconds.
  package struct Entry: Sendable, Hashable {
    package var name: String
    package var silence: Int

    package init(name: String, silence: Int) {
      self.name = name
      self.silence = silence
    }
  }

  /// Names of the hosts to be counted as alive; whoever is not among them has lost its messages.
  ///
  /// - Parameters:
  ///   - patience: a host that has been silent for longer is dead, in milliseconds.
  ///   - watched: how long the observer itself has been heard without a break, in milliseconds. A silence that began
  ///     before counts only from there: when the register itself was out of reach, all were silent.
  ///   - isGone: whether a host is known to be gone, whatever it last said.
  package static func alive(
    _ entries: [Entry], patience: Int, watched: Int, isGone: (String) -> Bool
  ) -> Set<String> {
    Set(entries.filter { !isGone($0.name) && min($0.silence, watched) <= patience }.map(\.name))
  }
}
