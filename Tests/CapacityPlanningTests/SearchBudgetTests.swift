import CapacityPlanning
import Testing

@Suite struct SearchBudgetTests {
  @Test func `the limit holds over all steps, and a step that would pass it is not begun`() {
    var budget = SearchBudget(limit: 1)
    #expect(budget.left == 1 && budget.allows(jobs: 1e9, assumed: nil))
    #expect(!budget.allows(jobs: 10, assumed: 1.5) && budget.allows(jobs: 10, assumed: 0.5))
    budget.add(dollars: 0.4, jobs: 400)
    #expect(budget.left == 0.6 && budget.expected(jobs: 100).map { abs($0 - 0.1) < 1e-12 } == true)
    // What was measured counts, whatever was assumed.
    #expect(budget.allows(jobs: 600, assumed: 5) && !budget.allows(jobs: 601, assumed: 0))
    budget.add(dollars: 0.7, jobs: 700)
    #expect(budget.left == 0 && !budget.allows(jobs: 1, assumed: nil))
  }

  @Test func `without a limit everything is allowed, and what is not told costs nothing`() {
    var budget = SearchBudget(limit: nil)
    budget.add(dollars: 0, jobs: 0)
    #expect(budget.left == nil && budget.allows(jobs: 1e12, assumed: 1e12) && budget.expected(jobs: 5) == nil)
  }
}
