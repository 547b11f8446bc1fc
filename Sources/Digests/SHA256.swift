import CCrypto

/// SHA-256 (FIPS 180-4) by libcrypto.
public enum SHA256 {
  /// The digest of the bytes in lower-case hexadecimal, as sha256sum(1) prints it.
  public static func hexadecimal(of bytes: [UInt8]) -> String {
    var digest = [UInt8](repeating: 0, count: Int(SHA256_DIGEST_LENGTH))
    _ = CCrypto.SHA256(bytes, bytes.count, &digest)
    return hexadecimal(digest: digest)
  }

  /// The keyed digest of a message (HMAC, RFC 2104): 32 bytes.
  package static func authenticationCode(key: [UInt8], _ message: [UInt8]) -> [UInt8] {
    var code = [UInt8](repeating: 0, count: Int(SHA256_DIGEST_LENGTH))
    var length: UInt32 = 0
    _ = CCrypto.HMAC(EVP_sha256(), key, Int32(key.count), message, message.count, &code, &length)
    return code
  }

  /// A digest's bytes in lower-case hexadecimal.
  package static func hexadecimal(digest: [UInt8]) -> String {
    let digits = Array("0123456789abcdef".utf8)
    return String(decoding: digest.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
  }
}
