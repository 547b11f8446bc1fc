import Jobs

/// A program of the table of bars, with what it must print.
struct Program: Sendable {
  let language: Language
  let code: String
  let output = "Hello, World!\n"

  static let python = Self(language: .python, code: #"print("Hello, World!")"#)
  static let node = Self(language: .javascript, code: #"console.log("Hello, World!")"#)
  static let cpp = Self(
    language: .cpp,
    code: """
      #include <bits/stdc++.h>
      using namespace std;
      int main() {
        cout << "Hello, World!" << endl;
        return 0;
      }
      """)
  static let java = Self(
    language: .java,
    code: """
      public class Main {
        public static void main(String[] args) {
          System.out.println("Hello, World!");
        }
      }
      """)

  /// The job that the program is, with the platform's standard limits.
  func request(_ start: RequestedStart? = nil) -> ExecutionRequest {
    ExecutionRequest(jobId: JobID(), code: code, language: language, start: start)
  }
}
