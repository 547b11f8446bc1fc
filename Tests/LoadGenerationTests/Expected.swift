import Scenarios

/// What a scenario expects of a job; Swift Testing has an `Expectation` of its own.
typealias Expected = Scenarios.Expectation
