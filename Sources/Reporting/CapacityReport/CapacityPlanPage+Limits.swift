import CapacityPlanning
import RunRecords
import Statistics

extension CapacityPlanPage {
  var ceilings: PageSection {
    let quota = plan.ceilings.first { !$0.isMeasured }
    let table = HTMLTable(
      caption: "Ceilings",
      columns: [
        .text("What bounds the rate"), .text("Of"), .number("There is"), .number("A job takes"), .number("Jobs/s"),
      ],
      rows: plan.ceilings.map { ceiling in
        [
          "\(ceiling.name)", "\(ceiling.isMeasured ? "this platform" : "AWS by default")",
          "\(QuantityText.number(ceiling.capacity)) \(ceiling.unit)", "\(QuantityText.number(ceiling.demand))",
          "\(QuantityText.number(ceiling.rate))",
        ]
      })
    return PageSection(
      id: "ceilings", title: "Ceilings", short: "Ceilings",
      finding: quota.map {
        "On AWS with default quotas the first wall would be \($0.name.lowercased()), at \(QuantityText.number($0.rate)) jobs a second."
      } ?? "The platform does not tell its service time, so that no quota can be turned into a rate.",
      body: plan.ceilings.isEmpty ? [] : [table.html])
  }

  var drains: PageSection {
    let table = HTMLTable(
      caption: "Backlogs and how they were worked off",
      columns: [
        .text("Rate/s"), .number("Backlog"), .number("Measured"), .number("Model"), .number("Measured over model"),
      ],
      rows: model.drains.map { drain in
        [
          "\(QuantityText.number(drain.rate))", "\(QuantityText.grouped(drain.backlog))",
          "\(QuantityText.duration(nanoseconds: drain.measuredSeconds * 1e9))",
          "\(QuantityText.duration(nanoseconds: drain.modelSeconds * 1e9))",
          "\(QuantityText.number(drain.measuredSeconds / drain.modelSeconds))",
        ]
      })
    return PageSection(
      id: "drain", title: "Working off a backlog", short: "Drain",
      finding: model.drains.isEmpty
        ? "No overload left a backlog whose end was measured."
        : "After the windows of overloaded levels: the model is the backlog over the throughput of its window.",
      body: (model.drains.isEmpty ? [] : [table.html]) + [burstTable].compactMap(\.self))
  }

  private var burstTable: HTML? {
    let bursts = PlannedBurst.all(model)
    guard let service = model.service, !bursts.isEmpty else { return nil }
    func time(_ seconds: Double) -> HTML { "\(QuantityText.duration(nanoseconds: seconds * 1e9))" }
    let table = HTMLTable(
      caption: "What a burst would take",
      columns: [
        .text("Jobs at once"), .number("Here"), .number("Event source"), .number("50 at most"),
        .number("Two pollers"),
      ],
      rows: bursts.map { burst in
        ["\(QuantityText.number(burst.jobs))", burst.here.map(time) ?? "n/a"]
          + [burst.eventSource, burst.capped, burst.provisioned].map(time)
      })
    return """
      <h3>What a burst would take</h3>
      <p>By formula, with the measured \(QuantityText.duration(nanoseconds: service.seconds * 1e9)) a job: here with as many
      environments as the platform has; behind an event source of Lambda, which begins with 5 and adds 300 a minute; the same
      with a MaximumConcurrency of 50; and with two provisioned pollers. Starts of environments take no time in it.</p>
      \(table.html)
      """
  }
}
