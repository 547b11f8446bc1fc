import ExecutionAPI
import Testing

@Suite("Reading JSON")
struct JSONReaderTests {
  @Test(
    "takes what RFC 8259 allows",
    arguments: [
      ("null", "null"), (" true\n", "true"), ("-0.5e+10", "-0.5e+10"), ("0", "0"), (#""""#, #""""#),
      (#""a\"\\\/\b\f\n\r\tA""#, "\"a\\\"\\\\/\u{8}\u{c}\n\r\tA\""), (#""\ud83d\ude00 é""#, "\"😀 é\""),
      ("[]", "[]"), ("[1,[2 , {}]]", "[1,[2,{}]]"), (#"{"a":1,"b":{"a":[null]}}"#, #"{"a":1,"b":{"a":[null]}}"#),
      (#"{"":"\u0000"}"#, "{\"\":\"\0\"}"),
    ])
  func valid(text: String, meaning: String) throws {
    #expect(try write(JSONReader.value(of: Array(text.utf8))) == meaning)
  }

  @Test(
    "says where a text stops being JSON",
    arguments: [
      ("", "line 1, column 1 (byte 0): expected a value, got the end of the text"),
      ("  \n ", "line 2, column 2 (byte 4): expected a value, got the end of the text"),
      (#"{"a": 5,}"#, "line 1, column 9 (byte 8): expected a name in quotation marks, got '}'"),
      ("{\n  \"a\": 5\n  \"b\": 6}", "line 3, column 3 (byte 13): expected ',' or '}', got '\"'"),
      (#"{"a" 1}"#, "line 1, column 6 (byte 5): expected ':' after the name \"a\", got '1'"),
      (#"{'a': 1}"#, "line 1, column 2 (byte 1): expected a name in quotation marks, got '''"),
      (#"{"a":1,"a":2}"#, "line 1, column 8 (byte 7): the name \"a\" comes twice"),
      ("[1,]", "line 1, column 4 (byte 3): expected a value, got ']'"),
      ("[1 2]", "line 1, column 4 (byte 3): expected ',' or ']', got '2'"),
      ("[1", "line 1, column 3 (byte 2): expected ',' or ']', got the end of the text"),
      ("1 2", "line 1, column 3 (byte 2): expected the end of the text, got '2'"),
      ("01", "line 1, column 2 (byte 1): expected the end of the text, got '1'"),
      ("1.", "line 1, column 3 (byte 2): expected a digit, got the end of the text"),
      ("-", "line 1, column 2 (byte 1): expected a digit, got the end of the text"),
      ("1e", "line 1, column 3 (byte 2): expected a digit, got the end of the text"),
      ("+1", "line 1, column 1 (byte 0): expected a value, got '+'"),
      ("tru", "line 1, column 1 (byte 0): expected a value, got 't'"),
      ("NaN", "line 1, column 1 (byte 0): expected a value, got 'N'"),
      ("\u{feff}1", "line 1, column 1 (byte 0): expected a value, got byte 0xef"),
      (#""abc"#, "line 1, column 5 (byte 4): the string that starts at byte 0 has no end"),
      (
        #""\x""#,
        "line 1, column 2 (byte 1): an unknown escape; those of JSON are \\\" \\\\ \\/ \\b \\f \\n \\r \\t \\uXXXX"
      ),
      (#""\u12g4""#, "line 1, column 2 (byte 1): \\u must be followed by four hexadecimal digits"),
      (#""\u+123""#, "line 1, column 2 (byte 1): \\u must be followed by four hexadecimal digits"),
      (#""\ud83d""#, "line 1, column 2 (byte 1): half of a surrogate pair"),
      (#""\ude00""#, "line 1, column 2 (byte 1): half of a surrogate pair"),
      ("\"a\tb\"", "line 1, column 3 (byte 2): a control character in a string must be written as \\u0009"),
    ])
  func invalid(text: String, complaint: String) {
    let error = #expect(throws: JSONSyntaxError.self) { try JSONReader.value(of: Array(text.utf8)) }
    #expect(error?.description == complaint)
  }

  @Test("refuses bytes that are not UTF-8, at the string that holds them")
  func notUTF8() {
    let error = #expect(throws: JSONSyntaxError.self) {
      try JSONReader.value(of: [0x5b, 0x22, 0xc3, 0x28, 0x22, 0x5d])
    }
    #expect(error?.description == "line 1, column 2 (byte 1): the string that starts here is not UTF-8")
  }

  @Test("refuses what is nested too deep instead of running out of stack")
  func deep() {
    let bytes = [UInt8](repeating: UInt8(ascii: "["), count: 1_000_000)
    let error = #expect(throws: JSONSyntaxError.self) { try JSONReader.value(of: bytes) }
    #expect(error?.description == "line 1, column 66 (byte 65): nested deeper than 64 levels")
  }

  private func write(_ value: JSONValue) -> String {
    switch value {
    case .null: "null"
    case .bool(let value): "\(value)"
    case .number(let literal): literal
    case .string(let text):
      "\"\(text.map { $0 == "\\" ? "\\\\" : $0 == "\"" ? "\\\"" : "\($0)" }.joined())\""
    case .array(let elements): "[\(elements.map(write).joined(separator: ","))]"
    case .object(let members): "{\(members.map { "\"\($0.name)\":\(write($0.value))" }.joined(separator: ","))}"
    }
  }
}
