import CodeExecution
import Jobs

/// All rows, in the order of the table of bars.
let rows: [Row] = [
  trueRow,
  coldRow("python-cold", .python, rounds: 60),
  prewarmedRow("python-warm", .python, [.python: 1], [.zygote, .prewarmed], atMost: 0.3, rounds: 60),
  coldRow("node-cold", .node, rounds: 40),
  prewarmedRow("node-prewarmed", .node, [.node: 1], [.prewarmed], atMost: 0.5, rounds: 40),
  cppRow,
  javaCompileRow,
  prewarmedRow("java-prewarmed", .java, [.java: 1, .javac: 1], [.prewarmed], atMost: 0.5, rounds: 20),
  pythonRateRow,
  stackRateRow,
  cpuOvershootRow,
  wallOvershootRow,
  memoryRow,
  bootstrapRow,
]
