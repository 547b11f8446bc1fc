import Jobs
import Sandbox

/// Node that has booted and waits before it loads its main module.
///
/// The waiting is a module that Node itself loads ahead of the main one (`--require`). When it returns, Node goes on and
/// loads the main module just as it always does, so that nothing differs: no frame of a stack, no parent module.
struct NodeForm: WarmForm {
  private static let runnerPath = "/rce-runner.js"

  let language = Language.javascript
  let needsProduct = false
  private let template: SandboxRequest
  private let facts: BootFacts

  /// The form of programs that start like this one; nil where that is no start of a script.
  init?(_ template: SandboxRequest) {
    guard let script = Self.script(template) else { return nil }
    self.template = template
    facts = BootFacts(template, command: template.command[...script])
  }

  /// The place of the script's path: the first word that is no option.
  private static func script(_ request: SandboxRequest) -> Int? {
    request.command.indices.dropFirst().first { !request.command[$0].hasPrefix("-") }
  }

  func request() -> SandboxRequest {
    var request = template
    let script = Self.script(template) ?? 1
    request.command = template.command[..<script] + ["--require", Self.runnerPath, template.command[script]]
    request.files = [SandboxFile(Self.runnerPath, Array(Self.runner.utf8))]
    request.stdin = []
    request.limits = template.limits.booting()
    return request
  }

  func input(for program: SandboxRequest) -> [UInt8]? {
    guard let script = Self.script(program), BootFacts(program, command: program.command[...script]) == facts,
      program.hasOnlyPrivateFiles, program.hasSmallInput
    else { return nil }
    return Frame.fields([program.stdin] + program.fields(arguments: program.command[(script + 1)...]))
  }

  /// Standard input becomes a file, as it is in a cold start: the lowest free descriptor is the one just closed.
  static let runner = """
    'use strict';
    const Module = module.constructor;
    function leave() {
      delete Module._cache[__filename];
      for (const key of Object.keys(Module._pathCache)) if (key.startsWith(__filename)) delete Module._pathCache[key];
      const option = process.execArgv.indexOf('--require');
      if (option >= 0) process.execArgv.splice(option, 2);
      process._preload_modules.length = 0;
    }
    // Node loads this in the program's worker threads, too.
    if (!require('worker_threads').isMainThread) return leave();
    const fs = require('fs');
    fs.writeSync(1, 'ready\\n');
    function take(count) {
      const bytes = Buffer.allocUnsafeSlow(count);
      for (let have = 0; have < count;) {
        const part = fs.readSync(0, bytes, have, count - have, null);
        if (part === 0) process.reallyExit(0);
        have += part;
      }
      return bytes;
    }
    const content = take(take(4).readUInt32BE());
    let position = 0;
    function field() {
      const start = position + 4;
      position = start + content.readUInt32BE(position);
      return content.subarray(start, position);
    }
    const input = field();
    for (let count = Number(field()); count > 0; count--) process.argv.push(field().toString());
    for (let count = Number(field()); count > 0; count--) {
      const path = field().toString();
      fs.mkdirSync(path.slice(0, path.lastIndexOf('/')), { recursive: true, mode: 0o755 });
      fs.writeFileSync(path, field());
      fs.chmodSync(path, 0o666);
    }
    const place = '/tmp/.rce-input';
    fs.writeFileSync(place, input);
    fs.closeSync(0);
    fs.openSync(place, 'r');
    fs.unlinkSync(place);
    leave();

    """
}
