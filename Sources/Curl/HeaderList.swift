import CCurl

/// A list of header lines in libcurl's own form, freed with its owner.
public struct HeaderList: ~Copyable {
  /// The list's head for CURLOPT_HTTPHEADER; it must outlive the transfer.
  public private(set) var pointer: UnsafeMutableRawPointer?

  /// Header lines `name: value`; an empty value sends an empty header.
  ///
  /// - Parameter withheld: names of headers that libcurl would add by itself and must not.
  public init(_ headers: [(String, String)], withholding withheld: [String] = []) {
    var list: UnsafeMutablePointer<curl_slist>?
    for name in withheld { list = curl_slist_append(list, "\(name):") }
    for header in headers {
      // libcurl reads `name:` as "remove" and `name;` as "send it empty".
      let line = header.1.isEmpty ? "\(header.0);" : "\(header.0): \(header.1)"
      list = curl_slist_append(list, line)
    }
    pointer = UnsafeMutableRawPointer(list)
  }

  deinit { curl_slist_free_all(pointer?.assumingMemoryBound(to: curl_slist.self)) }
}
