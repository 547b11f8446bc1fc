// Puts the console together: assemble.mjs UNPACKED STYLESHEET DIST.
//
// What may change under its name (the page, its configuration) is asked for again each time; everything else has a hash or a
// version in its path and never changes. Each text has a compressed copy beside it, and manifest.json lists all of it.
import { createHash } from "node:crypto";
import { cpSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { dirname, extname, join } from "node:path";
import { gzipSync } from "node:zlib";

const [unpacked, styleSheet, dist] = process.argv.slice(2);
const types = {
  ".html": "text/html; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".svg": "image/svg+xml",
  ".ttf": "font/ttf",
  ".txt": "text/plain; charset=utf-8",
};
const hash = (bytes) => createHash("sha256").update(bytes).digest("hex");
const read = (name) => readFileSync(join(dist, name));
function write(name, bytes) {
  mkdirSync(dirname(join(dist, name)), { recursive: true });
  writeFileSync(join(dist, name), bytes);
}

const styles = readFileSync(styleSheet);
const css = `assets/main-${hash(styles).slice(0, 8).toUpperCase()}.css`;
write(css, styles);
const version = JSON.parse(readFileSync(join(unpacked, "monaco.json"), "utf8")).version;
const editor = `assets/vs-${version}`;
cpSync(join(unpacked, "vs"), join(dist, editor, "vs"), { recursive: true });

const built = readdirSync(join(dist, "assets"));
const script = (name) => "assets/" + built.find((file) => file.startsWith(`${name}-`) && file.endsWith(".js"));
const page = readFileSync("src/index.html", "utf8")
  .replace("{{theme}}", script("theme")).replace("{{styles}}", css).replace("{{main}}", script("main"))
  .replaceAll("{{editor}}", `${editor}/vs`);
write("index.html", page);
write("config.js", readFileSync("src/config.js"));
write("favicon.svg", readFileSync("src/favicon.svg"));

const licences = [
  ["React and React DOM", "/usr/share/doc/node-react/copyright"],
  ["Axios", "/usr/share/doc/node-axios/copyright"],
].map(([name, path]) => `${name}\n${"=".repeat(name.length)}\n\n${readFileSync(path, "utf8")}`);
const tailwind = readFileSync(join(unpacked, "tailwindcss.min.js"), "utf8").match(/tailwindcss v[\d.]+[^*]*/)?.[0].trim();
licences.push(`Tailwind CSS\n============\n\n${tailwind ?? "tailwindcss | MIT License | https://tailwindcss.com"}\n`);
licences.push(`Monaco Editor\n=============\n\nSee ${editor}/vs/LICENSE.txt and ThirdPartyNotices.txt beside it.\n`);
write("licenses.txt", licences.join("\n\n"));

function* walk(folder = "") {
  for (const entry of readdirSync(join(dist, folder), { withFileTypes: true })) {
    const path = folder ? `${folder}/${entry.name}` : entry.name;
    if (entry.isDirectory()) yield* walk(path);
    else yield path;
  }
}

const files = [...walk()].sort().map((path) => {
  const bytes = read(path);
  const isFixed = path.startsWith("assets/");
  const packed = gzipSync(bytes, { level: 9 });
  const isSmaller = packed.length < bytes.length * 0.95 && bytes.length > 512;
  if (isSmaller) write(path + ".gz", packed);
  return {
    path,
    contentType: types[extname(path)] ?? "application/octet-stream",
    cacheControl: isFixed ? "public, max-age=31536000, immutable" : "no-cache",
    bytes: bytes.length,
    sha256: hash(bytes),
    ...(isSmaller ? { gzip: `${path}.gz`, gzipBytes: packed.length } : {}),
  };
});
write("manifest.json", JSON.stringify({ version: 1, index: "index.html", files }, null, 2) + "\n");

const sum = (part) => part.reduce((total, file) => total + (file.gzipBytes ?? file.bytes), 0);
const isText = (file) => file.path.endsWith(".txt");
const own = files.filter((file) => !file.path.startsWith(editor) && !isText(file));
const whole = files.filter((file) => !isText(file));
const kilobytes = (bytes) => `${(bytes / 1000).toFixed(0)} kB`;
console.log(`console: ${files.length} files; first load ${kilobytes(sum(own))}, with the editor ${kilobytes(sum(whole))}, compressed`);
for (const [name, bytes, most] of [["the page", sum(own), 100_000], ["the page with the editor", sum(whole), 1_200_000]]) {
  if (bytes > most) throw new Error(`${name} is ${kilobytes(bytes)} compressed, ${kilobytes(most)} are allowed`);
}
