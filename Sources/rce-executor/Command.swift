import CodeExecution
import Sandbox

/// What the program was started for.
enum Command: Equatable {
  /// Work for the Runtime API.
  case serve
  /// Run one request from standard input.
  case once
  /// Say what this machine offers.
  case check
  /// Make what speeds up compilers.
  case prepare
  case help
  case version
  /// An argument that is not understood.
  case misuse(String)

  init(_ arguments: [String]) {
    guard let first = arguments.first else {
      self = .serve
      return
    }
    guard arguments.count == 1 else {
      self = .misuse("one argument at most, got \(arguments.count)")
      return
    }
    switch first {
    case "--once": self = .once
    case "--check": self = .check
    case "--prepare": self = .prepare
    case "--help", "-h": self = .help
    case "--version": self = .version
    default: self = .misuse("unknown argument \(first)")
    }
  }

  private static let techniques = Technique.allCases.map(\.rawValue).joined(separator: ", ")

  private static let protections = Protection.allCases.map(\.rawValue).joined(separator: ", ")

  static let usage = """
    usage: rce-executor [--once | --check | --prepare | --help | --version]

    Compiles and runs programs in a sandbox. It takes them from the AWS Lambda Runtime API that the environment
    variable AWS_LAMBDA_RUNTIME_API names (host:port, with a path where there is one), one after the other.

      --once     run the one request (JSON) on standard input, print its result (JSON)
      --check    print what the sandbox and the languages offer here, with the versions of compilers and
                 interpreters (JSON); exit 1 where the sandbox cannot work
      --prepare  make now, for all executors of this user, what speeds up jobs; otherwise the first
                 job that could have used it starts that; prints the files' paths
      --version  print the version

    environment:
      RCE_EXECUTOR_SANDBOX
                 what isolates programs: rce-jail, bubblewrap, rlimits, or automatic (the first of them that
                 works and that the floor allows), which it is where it is not set; rlimits is for kernels
                 without namespaces, as on AWS Lambda: programs run one at a time as this user, and what one
                 leaves behind ends the executor
      RCE_EXECUTOR_FLOOR
                 what must be in force, or nothing is run: names with commas between, of \(protections);
                 or none; namespaces,seccomp where it is not set
      RCE_BWRAP  bubblewrap's path, where it is not /usr/bin/bwrap
      RCE_EXECUTOR_TECHNIQUES
                 what may make jobs faster: names with commas between, of \(techniques); or none;
                 all that the machine offers but cache where it is not set
      RCE_EXECUTOR_POOL
                 what is kept ready for jobs to come, for example python=1,node=2,java=1,javac=1; nothing
                 where it is not set. python is an interpreter that is copied for each program; node and
                 java are booted runtimes, each for one program with the platform's memory limit; javac
                 stays. Resident: python 9 MB, node 40 MB, java 43 MB, javac 90 MB each
      RCE_EXECUTOR_CACHE
                 the directory for what must be made first, where it is not rce-executor-USERID in the one
                 for products; only this user may be able to write it; it can be removed at any time
      RCE_EXECUTOR_PREPARED
                 the directory with what was made when an image was built: --prepare makes it there, and
                 then it is given to root; executors of another user than root use it where only root can
                 change it and all directories above, also without namespaces, where nothing else that was
                 made is used
      RCE_EXECUTOR_PRODUCTS_MB
                 the memory for compilers' products where the techniques name cache; 64 where it is not set
      RCE_LANGUAGES
                 a file with further languages, in the form of the table that this program carries; an entry of
                 the same name replaces
      TMPDIR     where compilers leave their products, where it is not /tmp; with rlimits a directory of this
                 executor's alone, which is emptied
    exit codes: 0 done; 1 the sandbox or the Runtime API does not work; 2 wrong usage or input

    """
}
