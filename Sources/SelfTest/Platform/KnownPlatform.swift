/// A platform of known behaviour as a value: requests and instants in, actions out, no clock and no network.
package struct KnownPlatform: Sendable {
  private struct HeldRead: Sendable {
    var id: String
    var connection: Int32
    var until: Int64
  }

  private let behaviour: PlatformBehaviour
  package private(set) var log = PlatformLog()
  private var held: [Int32: HeldRead] = [:]
  private var frozenRequests: [(PlatformRequest, Int32)] = []
  /// Programs that have been refused once.
  private var refusedOnce: Set<String> = []
  private var lastTwin = ""
  /// When reads that are held open are to be looked at again, soonest first.
  private var alarms = AlarmQueue()
  private var freeze: Range<Int64>?

  package init(_ behaviour: PlatformBehaviour) {
    self.behaviour = behaviour
  }

  /// The next instant at which something is due by itself.
  package var nextDue: Int64? { alarms.next }

  /// Takes a request.
  package mutating func receive(
    _ request: PlatformRequest, from connection: Int32, at now: Int64
  ) -> [PlatformAction] {
    if request.call == "POST /execute" { note(request, at: now) }
    if let freeze, freeze.contains(now) {
      frozenRequests.append((request, connection))
      return []
    }
    return answer(request, connection, at: now)
  }

  /// Does what is due by now.
  package mutating func advance(to now: Int64) -> [PlatformAction] {
    var actions: [PlatformAction] = []
    guard alarms.takeAll(by: now) else { return [] }
    if let freeze, now >= freeze.upperBound {
      let requests = frozenRequests
      frozenRequests = []
      for (request, connection) in requests { actions += answer(request, connection, at: now) }
    }
    for read in held.values.filter({ isDue($0, now) }).sorted(by: { $0.until < $1.until }) {
      held[read.connection] = nil
      actions.append(status(of: read.id, read.connection, at: now))
    }
    return actions
  }

  /// Forgets a connection that its client has closed.
  package mutating func closed(_ connection: Int32) {
    held[connection] = nil
  }

  private mutating func note(_ request: PlatformRequest, at now: Int64) {
    if log.submissions.isEmpty, let frozen = behaviour.frozen {
      freeze = (now + frozen.lowerBound)..<(now + frozen.upperBound)
      alarms.add(now + frozen.upperBound)
    }
    log.submissions.append(now)
    log.submissionsByFault[PlatformFault(program: request.code), default: 0] += 1
  }

  private mutating func answer(
    _ request: PlatformRequest, _ connection: Int32, at now: Int64
  ) -> [PlatformAction] {
    switch request.call {
    case "POST /execute": return [submit(request.code, connection, at: now)]
    case "GET /health":
      return [.write(connection, PlatformAnswer.json(200, #"{"version":"self-test"}"#))]
    case let call where call.hasPrefix("GET /job-status/"):
      let id = String(call.dropFirst("GET /job-status/".count))
      log.jobs[id]?.reads += 1
      if let action = fault(of: id, connection) { return [action] }
      if let wait = request.wait, let job = log.jobs[id], job.visible > now {
        let until = min(job.visible, now + wait * 1_000_000_000)
        held[connection] = HeldRead(id: id, connection: connection, until: until)
        alarms.add(until)
        return []
      }
      return [status(of: id, connection, at: now)]
    default: return [.write(connection, PlatformAnswer.json(404, "{}"))]
    }
  }

  private func isDue(_ read: HeldRead, _ now: Int64) -> Bool {
    if let freeze, freeze.contains(now) { return false }
    return read.until <= now
  }

  // MARK: Submissions

  private mutating func submit(_ code: String, _ connection: Int32, at now: Int64) -> PlatformAction {
    let fault = PlatformFault(program: code)
    switch fault {
    case .refused: return .write(connection, PlatformAnswer.refusal)
    case .refusedOnce:
      if refusedOnce.insert(code).inserted { return .write(connection, PlatformAnswer.refusal) }
    case .resetSubmission: return .reset(connection: connection)
    case .truncatedSubmission:
      return .write(
        connection: connection, PlatformAnswer.truncated(PlatformAnswer.receipt("x")), closing: true
      )
    default: break
    }
    let id = accept(fault, at: now)
    return .write(connection, PlatformAnswer.receipt(id))
  }

  private mutating func accept(_ fault: PlatformFault, at now: Int64) -> String {
    if fault == .duplicateID { return lastTwin }
    let number = log.jobs.count
    let id = "job-\(number)"
    let service = fault == .twin ? PlatformBehaviour.twinService : behaviour.service(number)
    let ends = fault == .never ? Int64.max : now + service
    let visible = fault == .slowPublish ? ends + PlatformBehaviour.publishDelay : ends
    log.jobs[id] = PlatformJob(fault: fault, received: now, ends: ends, visible: visible)
    if fault == .twin { lastTwin = id }
    return id
  }

  // MARK: Status reads

  private func fault(of id: String, _ connection: Int32) -> PlatformAction? {
    guard let job = log.jobs[id] else { return nil }
    let isFirst = job.reads == 1
    switch job.fault {
    case .lost: return .write(connection, PlatformAnswer.json(404, "{}"))
    case .resetOnce where isFirst: return .reset(connection: connection)
    case .truncatedOnce where isFirst, .truncated:
      let whole = PlatformAnswer.json(200, #"{"status":"completed","result":"done","timestamp":1}"#)
      return .write(connection: connection, PlatformAnswer.truncated(whole), closing: true)
    default: return nil
    }
  }

  private mutating func status(of id: String, _ connection: Int32, at now: Int64) -> PlatformAction {
    guard let job = log.jobs[id] else { return .write(connection, PlatformAnswer.json(404, "{}")) }
    guard job.visible <= now else { return .write(connection, PlatformAnswer.running) }
    if job.answered == nil { log.jobs[id]?.answered = now }
    return .write(connection, PlatformAnswer.result(of: job))
  }
}

extension PlatformAction {
  /// An answer on a connection that stays open.
  static func write(_ connection: Int32, _ bytes: [UInt8]) -> Self {
    .write(connection: connection, bytes, closing: false)
  }
}
