// This library has no interface: it works by being loaded before an interpreter.
