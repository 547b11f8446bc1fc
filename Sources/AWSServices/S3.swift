import Curl

/// One bucket of S3.
package struct S3: Sendable {
  private let client: AWSClient
  private let endpoint: AWSEndpoint
  private let prefix: String
  private let bucket: String

  /// A bucket under a host name of its own, or in the path, as endpoints by address need it.
  package init(_ client: AWSClient, _ endpoint: AWSEndpoint, bucket: String, inPath: Bool) {
    self.client = client
    self.bucket = bucket
    let own = inPath ? nil : endpoint.prefixed(bucket)
    self.endpoint = own ?? endpoint
    prefix = own == nil ? "/\(bucket)" : ""
  }

  /// Stores an object, replacing one of that key.
  package func put(_ key: String, _ bytes: [UInt8], contentType: String) throws(AWSError) {
    let request = AWSRequest(
      method: "PUT", path: "\(prefix)/\(key)", headers: [(name: "content-type", value: contentType)], body: bytes)
    _ = try client.send(request, to: endpoint, "store an object in bucket \(bucket)")
  }

  /// An object's bytes.
  package func get(_ key: String) throws(AWSError) -> [UInt8] {
    let request = AWSRequest(method: "GET", path: "\(prefix)/\(key)")
    return try client.send(request, to: endpoint, "read an object of bucket \(bucket)").body
  }

  /// Removes an object; one that is not there is no error.
  package func delete(_ key: String) throws(AWSError) {
    let request = AWSRequest(method: "DELETE", path: "\(prefix)/\(key)")
    _ = try client.send(request, to: endpoint, "remove an object of bucket \(bucket)")
  }
}
