// Prints the longest word instead of the most frequent one: it ends well, with the wrong answer.
const text = require("fs").readFileSync(0, "utf8");
const words = text.toLowerCase().match(/[a-z]+/g) ?? [];
console.log(words.reduce((a, b) => (b.length > a.length ? b : a), ""));
