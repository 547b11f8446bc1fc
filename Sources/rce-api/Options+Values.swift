import ArgumentParser
import ExecutionAPI
import JobBackends
import Jobs
import Logging
import MicroHTTP
import Redis

/// The version that `--version`, `/health` and `/metrics` tell.
let programVersion = "0.1.0"

extension Options {
  /// Where Redis is.
  var redisAddress: RedisAddress {
    get throws {
      do {
        return try RedisAddress(parsing: redis)
      } catch {
        throw ValidationError("--redis: \(error)")
      }
    }
  }

  /// What the API allows.
  var api: APIConfiguration {
    var api = APIConfiguration(version: programVersion)
    api.bodyLimit = bodyLimit
    api.inlineCodeLimit = inlineCodeLimit
    api.longestWaitSeconds = maxWait
    api.deepestQueue = maxQueue
    api.allowedOrigins = corsOrigin.split(separator: ",").map { $0.filter { $0 != " " } }
    api.rules.wallTimeMs = 1...maxWallTime
    api.rules.cpuTimeMs = 1...maxCPUTime
    api.rules.memoryMB = 16...maxMemory
    api.rules.defaults.wallTimeMs = defaultWallTime
    api.rules.defaults.cpuTimeMs = defaultCPUTime
    api.rules.defaults.memoryMB = defaultMemory
    return api
  }

  /// How the server listens.
  var server: HTTPServer.Configuration {
    var server = HTTPServer.Configuration()
    server.address = listen.host
    server.port = listen.port
    server.threads = threads
    server.connectionLimit = connections
    return server
  }

  /// What must be the same for the API and the host.
  var platform: PlatformConfiguration {
    var platform = PlatformConfiguration()
    platform.keyPrefix = keyPrefix
    platform.jobLifetimeSeconds = jobLifetime
    platform.inlineCodeBytes = inlineCodeLimit
    return platform
  }

  /// Writes to standard error.
  var log: Logger {
    var log = Logger(label: "rce-api") { StreamLogHandler.standardError(label: $0) }
    log.logLevel = logLevel
    return log
  }
}

extension Logger.Level {
  /// Reads what `--log-level` takes.
  init(option text: String) throws {
    guard let level = Self(rawValue: text) else {
      throw ValidationError("expected one of \(Self.allCases.map(\.rawValue).joined(separator: ", ")), got '\(text)'")
    }
    self = level
  }
}
