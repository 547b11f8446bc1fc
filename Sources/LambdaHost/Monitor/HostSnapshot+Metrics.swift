package import JobBackends
package import JobDispatch

extension HostSnapshot {
  /// The host's metrics in Prometheus's text format.
  package func metrics(
    deliveries: [String: Int], poller: PollerSnapshot, _ sandbox: SandboxCheck, version: String
  ) -> String {
    var text = MetricsText()
    text.add("rce_host_info", .gauge, "Always 1; the version of the program.", label: "version", [(version, 1)])
    text.add(
      "rce_host_sandbox_absent_protections", .gauge, "Protections that this machine does not give, by its executor.",
      sandbox.absent.count)
    addEnvironments(to: &text)
    addRules(to: &text)
    addReplacements(to: &text)
    addInvocations(to: &text)
    add(poller, to: &text)
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
      "rce_host_environments_started_provisioned_total", .counter,
      "Environments of the provisioned concurrency started.", counters.startedProvisioned)
    text.add(
      "rce_host_environments_failed_starts_total", .counter, "Environments that did not become ready.",
      counters.failedStarts)
    text.add(
      "rce_host_environments_repeated_starts_total", .counter,
      "Environments started within an invocation because the one before did not start.", counters.repeatedStarts)
  }

  private func addRules(to text: inout MetricsText) {
    text.add(
      "rce_host_reserved_concurrency", .gauge, "Invocations at once at most.", maximumConcurrency ?? limit)
    text.add("rce_host_provisioned_concurrency", .gauge, "Environments that are to be ready at any time.", provisioned)
    text.add(
      "rce_host_provisioned_ready", .gauge, "Environments of the provisioned concurrency that are ready.",
      environments.count { $0.type != "on-demand" && $0.state != "starting" && $0.state != "stopping" })
    text.add(
      "rce_host_tenant_isolation", .gauge, "1 where an environment serves one tenant only.", isolatesTenants ? 1 : 0)
    text.add(
      "rce_host_environments_leased", .gauge, "Environments that a batch holds.", environments.count(where: \.isLeased))
  }

  private func addReplacements(to text: inout MetricsText) {
    text.add("rce_host_environments_reaped_total", .counter, "Environments stopped for idleness.", counters.reaped)
    text.add(
      "rce_host_environments_evicted_total", .counter, "Idle environments stopped to make room for another tenant.",
      counters.evicted)
    text.add(
      "rce_host_environments_recycled_total", .counter, "Environments replaced, by reason.", label: "reason",
      [
        ("share", counters.recycled), ("problem", counters.recycledForProblem), ("limit", counters.recycledAfterLimit),
      ])
    text.add("rce_host_environments_stuck_total", .counter, "Environments killed after an answer.", counters.stuck)
  }

  private func addInvocations(to text: inout MetricsText) {
    text.add("rce_host_invocations_waiting", .gauge, "Invocations that wait for an environment.", waiting)
    text.add(
      "rce_host_invocations_total", .counter, "Invocations by how they ended.", label: "end",
      [("answered", counters.answered), ("crashed", counters.crashed), ("timed_out", counters.timedOut)])
    text.add(
      "rce_host_throttled_total", .counter, "Direct invocations refused because the limit was reached.",
      counters.throttled)
    text.add(
      "rce_host_provisioned_invocations_total", .counter,
      "Invocations by provisioned environments and, where there are some, beyond them.", label: "served",
      [("provisioned", counters.handedProvisioned), ("spillover", counters.spilledOver)])
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

  private func add(_ poller: PollerSnapshot, to text: inout MetricsText) {
    text.add("rce_host_poller_limit", .gauge, "Batches in hand at most.", poller.limit)
    text.add("rce_host_poller_allowed", .gauge, "Batches that may be in hand at present.", poller.allowed)
    text.add("rce_host_poller_running", .gauge, "Batches in hand.", poller.running)
    text.add("rce_host_poller_batches_total", .counter, "Batches so far.", poller.batches)
    text.add("rce_host_poller_messages_total", .counter, "Messages in batches.", poller.messages)
    text.add(
      "rce_host_poller_partial_failures_total", .counter, "Batches of which some messages came again and others not.",
      poller.partialFailures)
    text.add(
      "rce_host_poller_item_failures_total", .counter, "Messages that came again.", poller.itemFailures)
  }
}
