import CCurl

/// A date in a header.
public enum HTTPDate {
  /// Seconds since 1970; nil for what is no date.
  ///
  /// libcurl reads all three forms of RFC 9110, section 5.6.7 (curl_getdate(3)).
  public static func seconds(_ text: String) -> Int64? {
    let seconds = curl_getdate(text, nil)
    return seconds < 0 ? nil : Int64(seconds)
  }
}
