/// The part of a plan that one of several loops or generators sends: of each phase the jobs number k, k + n, k + 2n...
///
/// Every loop walks the whole plan and leaves out what is not its own, so that a job's instant, its entry and its
/// index are the same whatever the number of loops.
package struct PlanShare: Sendable, Hashable {
  /// k: the loop's position, from 0.
  package let number: Int
  /// n: loops in all.
  package let count: Int
  /// The loop's position among those of its generator, from 0.
  package let loop: Int

  /// The plan as one loop sends it.
  package static let whole = Self(number: 0, of: 1)

  package init(number: Int, of count: Int, loop: Int? = nil) {
    precondition(number >= 0 && number < count, "loop \(number) of \(count) has no share")
    self.number = number
    self.count = count
    self.loop = loop ?? number
  }

  /// The part of this part that one of several loops sends.
  package func share(ofLoop number: Int, of loops: Int) -> Self {
    Self(number: self.number + count * number, of: count * loops, loop: number)
  }

  /// The loop's part of things numbered from 0.
  package func part(of total: Int) -> Int {
    total / count + (number < total % count ? 1 : 0)
  }

  /// The share in something that only so many loops can share; nil where this one is left out.
  package func among(_ most: Int) -> Self? {
    guard most < count else { return self }
    return number < most ? Self(number: number, of: most) : nil
  }
}
