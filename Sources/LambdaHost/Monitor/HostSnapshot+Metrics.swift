extension HostSnapshot {
  /// The host's metrics in Prometheus's text format.
  package func metrics(deliveries: [String: Int], version: String) -> String {
    var text = MetricsText()
    text.add("rce_host_info", .gauge, "Always 1; the version of the program.", label: "version", [(version, 1)])
    addEnvironments(to: &text)
    addInvocations(to: &text)
    text.add(
      "rce_host_deliveries_total", .counter, "Messages by what became of them.", label: "outcome",
      deliveries.sorted { $0.key < $1.key }.map { ($0.key, $0.value) })
    return text.text
  }

  private func addEnvironments(to text: inout MetricsText) {
    let states = ["starting", "idle", "busy", "settling", "stopping"]
    text.add(
      "rce_host_environments", .gauge, "Environments alive, by state.", label: "state",
      states.map { state in (state, environments.count { $0.state == state }) })
    text.add("rce_host_environments_limit", .gauge, "Environments alive at once at most.", limit)
    text.add("rce_host_environments_started_total", .counter, "Environments started.", counters.started)
    text.add(
      "rce_host_environments_started_ahead_total", .counter, "Environments started before there was work for them.",
      counters.startedAhead)
    text.add(
      "rce_host_environments_failed_starts_total", .counter, "Environments that did not become ready.",
      counters.failedStarts)
    text.add("rce_host_environments_reaped_total", .counter, "Environments stopped for idleness.", counters.reaped)
    text.add(
      "rce_host_environments_recycled_total", .counter, "Environments stopped after their share of work.",
      counters.recycled)
    text.add("rce_host_environments_stuck_total", .counter, "Environments killed after an answer.", counters.stuck)
  }

  private func addInvocations(to text: inout MetricsText) {
    text.add("rce_host_invocations_waiting", .gauge, "Invocations that wait for an environment.", waiting)
    text.add(
      "rce_host_invocations_total", .counter, "Invocations by how they ended.", label: "end",
      [("answered", counters.answered), ("crashed", counters.crashed), ("timed_out", counters.timedOut)])
    text.add(
      "rce_host_cold_starts_total", .counter, "Invocations that waited for their environment to start.",
      counters.coldStarts)
    text.add(
      "rce_host_invocation_seconds_total", .counter, "Time between hand-over and answer.",
      Double(totals.duration) / 1e9)
    text.add(
      "rce_host_init_seconds_total", .counter, "Time of the initialisations that invocations paid for.",
      Double(totals.initDuration) / 1e9)
    text.add(
      "rce_host_billed_milliseconds_total", .counter, "Milliseconds that AWS Lambda would have billed.",
      totals.billedMilliseconds)
  }
}
