/// Refuses to measure in a debug build.
enum DebugBuild {
  static func refuse() throws {
    #if DEBUG
      throw ScenarioRefusal(
        "this is a debug build, which is about sixty times slower per sample: its figures would mean nothing",
        hint: "build with `make build` and use .build/release/rce-bench")
    #endif
  }
}
