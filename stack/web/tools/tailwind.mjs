// Compiles the style sheet without a browser: tailwind.mjs COMPILER SOURCES OUTPUT.
//
// Tailwind's browser build reads class names off a document and puts a <style> into it. Here the document is a stand-in
// whose only element has every word of the sources as a class, so what Tailwind writes is the sheet for these sources.
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import vm from "node:vm";

const [compiler, sources, output] = process.argv.slice(2);
const names = readdirSync(sources).filter((name) => /\.(tsx?|html)$/.test(name)).sort();
const words = new Set(names.flatMap((name) => readFileSync(join(sources, name), "utf8").split(/[\s"'`{}]+/)));

class Element {
  textContent = "";
  attributes = {};
  setAttribute(name, value) { this.attributes[name] = value; }
  getAttribute(name) { return this.attributes[name] ?? null; }
  hasAttribute() { return false; }
  append() {}
  appendChild() {}
}

const input = new Element();
input.textContent = readFileSync(join(sources, "main.css"), "utf8");
input.attributes.type = "text/tailwindcss";
const made = [];
const keep = (element) => made.push(element);
const document = {
  head: { append: keep, appendChild: keep },
  documentElement: new Element(),
  createElement: () => new Element(),
  querySelectorAll: (query) => /style/.test(query) ? [input] : [{ classList: [...words] }],
};
const context = vm.createContext({
  document, console, queueMicrotask, setTimeout, URL,
  MutationObserver: class { observe() {} disconnect() {} },
  performance: { mark() {}, measure() {}, now: () => 0 },
  HTMLStyleElement: Element, HTMLElement: Element, Element,
});
context.window = context.self = context;
vm.runInContext(readFileSync(compiler, "utf8"), context);

const deadline = Date.now() + 20_000;
while (!made.some((element) => element.textContent)) {
  if (Date.now() > deadline) throw new Error("Tailwind wrote no style sheet within 20 s");
  await new Promise((resolve) => setTimeout(resolve, 10));
}
writeFileSync(output, made.map((element) => element.textContent).join("\n"));
