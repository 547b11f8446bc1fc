// Counts words and prints the most frequent one: a typical text exercise.
const text = require("fs").readFileSync(0, "utf8");
const counts = new Map();
for (const word of text.toLowerCase().match(/[a-z]+/g) ?? []) counts.set(word, (counts.get(word) ?? 0) + 1);
const [word, count] = [...counts].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))[0];
console.log(`${word} ${count}`);
