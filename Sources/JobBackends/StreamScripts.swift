import Redis

/// The scripts of the queue; KEYS[1] is the stream and ARGV[1] the consumer group in each.
enum StreamScripts {
  // ARGV: group, entry.
  static let acknowledge = RedisScript(
    "acknowledge a message",
    """
    redis.call('XACK', KEYS[1], ARGV[1], ARGV[2])
    return redis.call('XDEL', KEYS[1], ARGV[2])
    """)

  // ARGV: group, entry, consumer, attempt. Only who holds the entry now may release it.
  static let release = RedisScript(
    "release a message",
    addAgain + """
      local pending = redis.call('XPENDING', KEYS[1], ARGV[1], ARGV[2], ARGV[2], 1)[1]
      if not pending or pending[2] ~= ARGV[3] then return 0 end
      return add_again(ARGV[2], ARGV[3], tonumber(pending[4]), tonumber(ARGV[4]))
      """)

  // ARGV: group, consumers that are alive.
  static let recover = RedisScript(
    "recover messages",
    addAgain + """
      if redis.call('EXISTS', KEYS[1]) == 0 then return 0 end
      local alive, recovered = {}, 0
      for i = 2, #ARGV do alive[ARGV[i]] = true end
      for _, information in ipairs(redis.call('XINFO', 'CONSUMERS', KEYS[1], ARGV[1])) do
        local name = information[2]
        if not alive[name] then
          local pending = redis.call('XPENDING', KEYS[1], ARGV[1], '-', '+', 1000, name)
          while #pending > 0 do
            for _, entry in ipairs(pending) do
              recovered = recovered + add_again(entry[1], name, tonumber(entry[4]))
            end
            pending = redis.call('XPENDING', KEYS[1], ARGV[1], '-', '+', 1000, name)
          end
          redis.call('XGROUP', 'DELCONSUMER', KEYS[1], ARGV[1], name)
        end
      end
      return recovered
      """)

  // ARGV: group, consumer, idle milliseconds. XAUTOCLAIM looks at a few entries at a time, hence the loop.
  static let claim = RedisScript(
    "claim a message",
    """
    local cursor = '0-0'
    repeat
      local claimed = redis.call('XAUTOCLAIM', KEYS[1], ARGV[1], ARGV[2], ARGV[3], cursor, 'COUNT', 1)
      cursor = claimed[1]
      local entry = claimed[2][1]
      if entry then
        local pending = redis.call('XPENDING', KEYS[1], ARGV[1], entry[1], entry[1], 1)[1]
        return {entry[1], entry[2], pending[4]}
      end
    until cursor == '0-0'
    return false
    """)

  // ARGV: group, entry, attempt, reason, dead letters to keep. KEYS[2]: the dead letters.
  static let bury = RedisScript(
    "bury a message",
    """
    local entry = redis.call('XRANGE', KEYS[1], ARGV[2], ARGV[2])[1]
    if entry then
      redis.call('XADD', KEYS[2], 'MAXLEN', '~', ARGV[5], '*', 'reason', ARGV[4], 'attempt', ARGV[3],
        unpack(entry[2]))
    end
    redis.call('XACK', KEYS[1], ARGV[1], ARGV[2])
    return redis.call('XDEL', KEYS[1], ARGV[2])
    """)

  // ARGV: group. KEYS[2]: the dead letters. Answers length, pending, dead.
  static let depth = RedisScript(
    "measure the queue",
    """
    local pending = redis.pcall('XPENDING', KEYS[1], ARGV[1])
    return {redis.call('XLEN', KEYS[1]), pending.err and 0 or pending[1], redis.call('XLEN', KEYS[2])}
    """)

  /// Adds a copy of an entry with its count of deliveries, then removes the entry: a blocked reader wakes at once.
  ///
  /// With an attempt given, only if the count still is that attempt: otherwise the entry was delivered again.
  private static let addAgain = """
    local function add_again(id, consumer, delivered, attempt)
      local entry = redis.call('XRANGE', KEYS[1], id, id)[1]
      if entry then
        local fields = entry[2]
        for i = 1, #fields, 2 do
          if fields[i] == 'deliveries' then
            fields[i + 1] = tonumber(fields[i + 1]) + delivered
            if attempt and attempt ~= fields[i + 1] then return 0 end
          end
        end
        redis.call('XADD', KEYS[1], '*', unpack(fields))
      end
      redis.call('XACK', KEYS[1], ARGV[1], id)
      redis.call('XDEL', KEYS[1], id)
      return entry and 1 or 0
    end

    """
}
