/// An HTTP/1.1 server on libmicrohttpd: a pool of polling threads, keep-alive, answers now or later.
///
/// The handler runs on a pool thread, which serves other connections only after it returns: it may take a short
/// round trip to a store, and must not wait for a job.
public final class HTTPServer: Sendable {
  /// What a handler is: it answers the exchange, or keeps it and answers it later.
  public typealias Handler = @Sendable (HTTPRequest, HTTPExchange) -> Void

  /// How a server listens.
  public struct Configuration: Sendable {
    /// A numeric address; loopback unless said otherwise.
    public var address = "127.0.0.1"
    /// The port; 0 takes a free one.
    public var port: UInt16 = 0
    /// Polling threads.
    public var threads = 4
    /// Connections open at once; more wait in the kernel's backlog or are refused.
    public var connectionLimit = 4_096
    /// Seconds after which an idle connection is closed; a suspended one is not idle.
    public var idleTimeoutSeconds = 75
    /// Bytes of a request's body; a larger one reaches the handler empty, with `bodyExceedsLimit`.
    public var bodyLimit = 1 << 20

    /// Loopback, a free port, four threads.
    public init() {}
  }

  private let daemon: ServerDaemon
  /// The port that the server listens on.
  public var port: UInt16 { daemon.port }

  /// Starts to listen and to answer.
  public init(_ configuration: Configuration = .init(), handler: @escaping Handler) throws(HTTPServerError) {
    daemon = try ServerDaemon(configuration, handler: handler)
  }

  /// Refuses new connections from now on; those that are open are served on, each until its next answer.
  public func stopAccepting() { daemon.stopAccepting() }

  /// Answers all that waits with 503, lets answers reach their clients for at most a second, closes every connection
  /// and joins the threads; a second call does nothing.
  ///
  /// Called by a handler, it returns at once and the rest happens on another thread.
  public func stop() { daemon.stop() }

  deinit { stop() }

  /// Connections open at present.
  public var connections: Int { daemon.connections }
}
