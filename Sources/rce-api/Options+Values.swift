import ArgumentParser
import ExecutionAPI
import JobBackends
import Jobs
import Logging
import MicroHTTP
import Redis
import ServiceStart

extension Options {
  /// Where Redis is.
  var redisAddress: RedisAddress { get throws { try RedisOption.address(redis) } }

  /// What the API allows, the files of the console read.
  func api() throws -> APIConfiguration {
    var api = APIConfiguration(version: ProductVersion.text)
    api.bodyLimit = bodyLimit
    api.inlineCodeLimit = inlineCodeLimit
    api.longestWaitSeconds = maxWait
    api.deepestQueue = maxQueue
    api.allowedOrigins = corsOrigin.split(separator: ",").map { $0.filter { $0 != " " } }
    api.reports = reports.map { ReportShelf(directory: $0) }
    do throws(ConsoleError) {
      api.console = try console.map { path throws(ConsoleError) in
        try ConsoleFiles(directory: path, apiBase: consoleAPI, hasReports: reports != nil)
      }
    } catch {
      throw StartFailure("--console: \(error)", exitCode: StartFailure.usage)
    }
    api.rules.maximum = RequestedLimits(wallTimeMs: maxWallTime, cpuTimeMs: maxCPUTime, memoryMB: maxMemory)
    api.rules.defaults = RequestedLimits(
      wallTimeMs: defaultWallTime, cpuTimeMs: defaultCPUTime, memoryMB: defaultMemory)
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
    Logger.ofProgram("rce-api", level: logLevel)
  }
}
