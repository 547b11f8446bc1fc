import CodeExecution
import Testing

@Suite("Where a C++ source includes the whole library")
struct LeadingIncludeTests {
  @Test(
    "it counts as the first thing that is not a comment",
    arguments: [
      "#include <bits/stdc++.h>", "#include <bits/stdc++.h>\nint main() {}", "\r\n#include <bits/stdc++.h>\r\nint x;",
      "\n  // first\n/* second\n * third */  # include\t<bits/stdc++.h> // why\n", "#include<bits/stdc++.h>/* x */\n",
      "/***/#include <bits/stdc++.h>\n", "// #include <iostream>\n#include <bits/stdc++.h>\n",
    ])
  func leading(_ source: String) {
    #expect(LeadingInclude.isWholeLibrary(source))
  }

  @Test(
    "it does not count behind anything else, or in a comment, a string or a condition",
    arguments: [
      "", "int main() {}", "#include <iostream>\n#include <bits/stdc++.h>\n", "#define x y\n#include <bits/stdc++.h>\n",
      "#pragma GCC optimize(\"O3\")\n#include <bits/stdc++.h>\n", "#if 0\n#include <bits/stdc++.h>\n#endif\n",
      "// #include <bits/stdc++.h>\n", "/* #include <bits/stdc++.h>\n", "/*\n#include <bits/stdc++.h>\n*/\n",
      "const char *s = R\"(\n#include <bits/stdc++.h>\n)\";", "using namespace std;\n#include <bits/stdc++.h>\n",
      "// continued \\\n#include <bits/stdc++.h>\n", "/* *\\\n/ #include <bits/stdc++.h>",
      "#include \"bits/stdc++.h\"\n",
      "#include <bits/stdc++.h> x\n", "#include <bits/stdc++.h>2\n", "#include\n<bits/stdc++.h>\n", "#",
      "#import <bits/stdc++.h>", "#include_next <bits/stdc++.h>", "/", "\u{FEFF}x", "#include <bits/stdc++.h",
    ])
  func notLeading(_ source: String) {
    #expect(!LeadingInclude.isWholeLibrary(source))
  }
}
