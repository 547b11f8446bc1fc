import FoundationEssentials
public import MicroHTTP

/// An answer in the form that API Gateway expects of a function.
public struct GatewayAnswer: Sendable {
  private let bytes: [UInt8]

  /// An answer to an event of a form.
  public init(_ response: HTTPResponse, to format: GatewayEvent.Format) {
    var fields = Fields(statusCode: response.status, body: "", isBase64Encoded: false)
    let body = response.body
    if let text = String(validating: body, as: UTF8.self) {
      fields.body = text
    } else {
      fields.body = Data(body).base64EncodedString()
      fields.isBase64Encoded = true
    }
    switch format {
    case .rest:
      fields.multiValueHeaders = Dictionary(grouping: response.headers, by: \.name).mapValues { $0.map(\.value) }
    case .http:
      fields.headers = Dictionary(response.headers.map { ($0.name, $0.value) }) { "\($0), \($1)" }
    }
    // Texts and numbers always encode.
    bytes = (try? Self.encoder.encode(fields)).map { [UInt8]($0) } ?? []
  }

  /// The answer as JSON.
  public var json: [UInt8] { bytes }

  private struct Fields: Encodable {
    var statusCode: Int
    var headers: [String: String]?
    var multiValueHeaders: [String: [String]]?
    var body: String
    var isBase64Encoded: Bool
  }

  private static var encoder: JSONEncoder {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return encoder
  }
}
