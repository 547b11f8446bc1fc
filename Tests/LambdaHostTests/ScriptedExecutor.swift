import FoundationEssentials
import Glibc
import TestServices

/// A bootstrap in Python that does what the code of a job says: `echo TEXT`, `sleep SECONDS`, `environment PREFIX` (prints
/// the variables whose names start so), `problem` (says that its environment must not be used again), `limit` (breaks
/// one), `die-once PATH` or `hang-once PATH`, which make the path where it does not exist yet, and then die or hang.
final class ScriptedExecutor: Sendable {
  private let directory: TemporaryDirectory
  var path: String { "\(directory.path)/executor" }

  init(checkExitCode: Int = 0) throws {
    directory = try TemporaryDirectory(named: "rce-scripted")
    try Data(Self.source.replacing("CHECK", with: "\(checkExitCode)").utf8).write(to: URL(filePath: path))
    chmod(path, 0o755)
  }

  private static let source = """
    #!/usr/bin/python3
    import http.client, json, os, sys, time

    if "--check" in sys.argv:
        if CHECK != 0:
            print("no bubblewrap; install it: apt-get install bubblewrap", file=sys.stderr)
            sys.exit(CHECK)
        sandbox = {"backend": "none", "namespaces": [], "controlGroup": "none", "seccomp": False, "accounting": "rusage",
                   "absent": ["everything"]}
        runtime = "/usr/bin/python3"
        if "RCE_EXECUTOR_POOL" in os.environ:
            runtime += " with RCE_EXECUTOR_POOL=" + os.environ["RCE_EXECUTOR_POOL"]
        print(json.dumps({"sandbox": sandbox, "languages": {"python": {"runtime": runtime}}}))
        sys.exit(0)

    address, path = os.environ["AWS_LAMBDA_RUNTIME_API"].split("/", 1)
    base = "/" + path + "/2018-06-01/runtime/invocation/"
    connection = http.client.HTTPConnection(address)

    def call(method, path, body=None):
        connection.request(method, base + path, body)
        answer = connection.getresponse()
        return answer, answer.read()

    while True:
        answer, body = call("GET", "next")
        if answer.status != 200:
            sys.exit(1)
        word, _, rest = json.loads(body)["code"].partition(" ")
        if word == "sleep":
            time.sleep(float(rest))
        if word.endswith("-once") and not os.path.exists(rest):
            open(rest, "w").close()
            if word == "die-once":
                os.kill(os.getpid(), 9)
            time.sleep(600)
        if word == "environment":
            rest = " ".join(sorted(f"{k}={v}" for k, v in os.environ.items() if k.startswith(rest)))
        now = int(time.time() * 1e6)
        details = {"exitCode": 0, "stdout": rest, "stderr": "", "truncated": False, "cpuTimeMs": 1.0,
                   "wallTimeMs": 1.0, "peakMemoryBytes": 1 << 20}
        result = {"details": details, "compiledAt": now, "finishedAt": now}
        if word == "problem":
            result["environmentProblem"] = "process 7 could not be killed"
        if word == "limit":
            details["errorType"] = "timeout"
        call("POST", answer.headers["Lambda-Runtime-Aws-Request-Id"] + "/response", json.dumps(result))

    """
}
