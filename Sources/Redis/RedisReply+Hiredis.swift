import CHiredis

extension RedisReply {
  /// Copies an answer out of hiredis; nil for a type that RESP2 does not have.
  init?(_ reply: UnsafePointer<redisReply>) {
    switch reply.pointee.type {
    case REDIS_REPLY_NIL: self = .null
    case REDIS_REPLY_INTEGER: self = .integer(Int64(reply.pointee.integer))
    case REDIS_REPLY_STRING: self = .bytes(Self.copy(reply))
    case REDIS_REPLY_STATUS: self = .status(String(decoding: Self.copy(reply), as: UTF8.self))
    case REDIS_REPLY_ERROR: self = .error(String(decoding: Self.copy(reply), as: UTF8.self))
    case REDIS_REPLY_ARRAY:
      var parts: [RedisReply] = []
      parts.reserveCapacity(reply.pointee.elements)
      for index in 0..<reply.pointee.elements {
        guard let element = reply.pointee.element[index], let part = RedisReply(element) else { return nil }
        parts.append(part)
      }
      self = .array(parts)
    default: return nil
    }
  }

  private static func copy(_ reply: UnsafePointer<redisReply>) -> [UInt8] {
    guard let characters = reply.pointee.str else { return [] }
    return Array(UnsafeRawBufferPointer(start: characters, count: reply.pointee.len))
  }
}
