/// Does two pieces of work at the same time, the second on a thread of its own, and waits for both.
///
/// Without a thread to be had they are done one after the other.
public func concurrently<First, Second: Sendable>(
  _ first: () -> First, _ second: @escaping @Sendable () -> Second
) -> (First, Second) {
  let answer = Lock<Second?>(nil)
  let thread = try? NativeThread(named: "concurrent", stackSize: 8 << 20) {
    let value = second()
    answer.withLock { $0 = value }
  }
  let value = first()
  thread?.join()
  return (value, answer.withLock { $0 } ?? second())
}
