import Glibc
import HostSystem

/// Where the outputs of a deployment come from: a file, or Terraform's state in `stack/aws`.
public struct AWSOutputs: Sendable {
  /// The Terraform configuration whose outputs are asked for.
  public var folder: String
  /// A file of outputs; nil asks Terraform.
  public var file: String?

  /// Outputs of a file, or of the configuration in a folder.
  public init(file: String? = nil, folder: String = "stack/aws") {
    self.file = file
    self.folder = folder
  }

  /// Reads the deployment that the outputs tell of.
  public func deployment() throws(StackError) -> AWSDeployment {
    if let file { return try AWSDeployment(outputs: try Self.bytes(of: file), source: file) }
    return try AWSDeployment(outputs: try terraform(), source: "terraform output -json in \(folder)")
  }

  private static func bytes(of path: String) throws(StackError) -> [UInt8] {
    do { return try FileDescriptor.open(path, O_RDONLY).readAll() } catch {
      throw StackError(
        .configuration, "cannot read the outputs in \(path): \(error)",
        hint: "make the file: stack/aws/deploy.sh outputs --json > outputs.json")
    }
  }

  /// What Terraform says; it inherits every variable, because its backend, workspace and credentials are in them.
  private func terraform() throws(StackError) -> [UInt8] {
    let elsewhere = "or give --outputs FILE, which `stack/aws/deploy.sh outputs --json` prints where it was deployed"
    guard access("\(folder)/outputs.tf", R_OK) == 0 else {
      throw StackError(
        .configuration, "there is no \(folder)/outputs.tf, so no deployment can be found",
        hint: "run it in the project's folder, \(elsewhere)")
    }
    guard let program = Self.terraformProgram else {
      throw StackError(
        .configuration, "the outputs of \(folder) cannot be read: terraform is not in PATH",
        hint: "install it from https://developer.hashicorp.com/terraform/install, \(elsewhere)")
    }
    let (end, output, errors) = try Self.run(program, ["-chdir=\(folder)", "output", "-json", "-no-color"])
    guard end == .exited(0) else {
      let said =
        String(decoding: errors, as: UTF8.self).split(whereSeparator: \.isNewline)
        .map { $0.drop { " ╷│╵".contains($0) } }.first { !$0.isEmpty } ?? "nothing"
      throw StackError(
        .configuration, "terraform cannot tell the outputs of \(folder); it says: \(said)",
        hint: "try `stack/aws/deploy.sh outputs`, \(elsewhere)")
    }
    return output
  }

  private static var terraformProgram: String? {
    let folders = getenv("PATH").map { String(cString: $0) } ?? ""
    return folders.split(separator: ":").map { "\($0)/terraform" }.first { access($0, X_OK) == 0 }
  }

  /// Runs a program, whose output may be larger than a pipe holds, to its end.
  private static func run(
    _ program: String, _ arguments: [String]
  ) throws(StackError) -> (end: ProcessEnd, output: [UInt8], errors: [UInt8]) {
    do throws(SystemCallError) {
      let output = try anonymousFile()
      let errors = try anonymousFile()
      var request = ProcessRequest(program, arguments, environment: ProcessEnvironment.all)
      request.descriptors = [-1, output.number, errors.number]
      request.parentDeathSignal = SIGKILL
      let child = try ChildProcess(request)
      if !child.hasEnded(within: 120_000) { child.signal(SIGKILL) }
      let end = try child.wait().end
      lseek(output.number, 0, SEEK_SET)
      lseek(errors.number, 0, SEEK_SET)
      return (end, try output.readAll(), try errors.readAll())
    } catch {
      throw StackError(.configuration, "cannot run \(program): \(error)")
    }
  }

  private static func anonymousFile() throws(SystemCallError) -> FileDescriptor {
    let base = getenv("TMPDIR").map { String(cString: $0) } ?? "/tmp"
    var template = Array("\(base)/rce-bench-XXXXXX".utf8CString)
    let number = mkstemp(&template)
    guard number >= 0 else { throw SystemCallError("mkstemp", base) }
    unlink(template)
    return FileDescriptor(owning: number)
  }
}
