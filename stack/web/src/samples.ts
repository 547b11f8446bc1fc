import { LanguageEntry } from "./api";

/** What the picker offers until, or where, the API does not say. */
export const standardLanguages: LanguageEntry[] = [
  { name: "python", title: "Python" },
  { name: "javascript", title: "JavaScript" },
  { name: "java", title: "Java" },
  { name: "cpp", title: "C++" },
];

const python = `# Reads words, counts them, prints the most frequent.
import sys
from collections import Counter

text = sys.stdin.read() or "the quick brown fox jumps over the lazy dog the end"
for word, count in Counter(text.split()).most_common(5):
    print(f"{count:3} {word}")
`;

const javascript = `// Prime numbers by the sieve of Eratosthenes.
const limit = Number(process.argv[2] ?? 60);
const composite = new Uint8Array(limit + 1);
const primes = [];
for (let n = 2; n <= limit; n++) {
  if (composite[n]) continue;
  primes.push(n);
  for (let m = n * n; m <= limit; m += n) composite[m] = 1;
}
console.log(primes.join(" "));
`;

const java = `import java.util.stream.IntStream;

public class Main {
    record Point(int x, int y) {
        double distance() { return Math.hypot(x, y); }
    }

    public static void main(String[] args) {
        IntStream.rangeClosed(1, 5)
            .mapToObj(n -> new Point(n, n * n))
            .forEach(p -> System.out.printf("%s is %.2f away%n", p, p.distance()));
    }
}
`;

const cpp = `#include <algorithm>
#include <iostream>
#include <numeric>
#include <vector>

int main() {
    std::vector<int> collatz{27};
    while (collatz.back() != 1) {
        const int n = collatz.back();
        collatz.push_back(n % 2 ? 3 * n + 1 : n / 2);
    }
    const auto first = collatz.begin(), last = collatz.end();
    std::cout << "steps   " << collatz.size() - 1 << "\\nhighest "
              << *std::max_element(first, last) << "\\nsum     "
              << std::accumulate(first, last, 0L) << '\\n';
}
`;

const samples: Record<string, string> = { python, javascript, java, cpp };

export function sample(language: string): string {
  return samples[language] ?? "";
}
