/// What the loops of one run have in common; everything else belongs to one loop alone.
struct SharedRun: Sendable {
  let origin: RunOrigin
  /// When the first phase starts.
  let start: Int64
  let control: RunControl
  let limit: InFlightLimit
  let ids: JobIDRegister
  let gate: PhaseGate
}
