// deno-lint-ignore-file no-control-regex
import { ReactNode, useMemo, useState } from "react";
import { Captured } from "./api";
import { bytesOf, textOf } from "./bytes";
import { size } from "./figures";
import { Button, Icon } from "./parts";

/** Characters drawn at first; a megabyte in one element makes a browser stutter. */
const shownAtFirst = 50_000;

// A program's output is a stranger's text: it reaches the page as text nodes only. Colours of terminals are drawn, every
// other command to a terminal is left out, and characters that cannot be seen, or that turn the order of others, are shown.
const unseen =
  /\u001b\[[0-9;:?]*[ -/]*[@-~]|\u001b\][^\u0007\u001b]*(?:\u0007|\u001b\\)?|[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/g;

interface Pen {
  color?: number;
  isBold?: boolean;
  isFaint?: boolean;
}

function afterCommand(pen: Pen, command: string): Pen {
  if (!/^\u001b\[[0-9;]*m$/.test(command)) return pen;
  let next = { ...pen };
  for (const word of command.slice(2, -1).split(";")) {
    const code = Number(word || 0);
    if (code === 0) next = {};
    else if (code === 1) next.isBold = true;
    else if (code === 2) next.isFaint = true;
    else if (code === 22) next = { color: next.color };
    else if ((code >= 30 && code <= 37) || (code >= 90 && code <= 97)) next.color = code;
    else if (code === 39) next.color = undefined;
  }
  return next;
}

const names = (
  "NUL SOH STX ETX EOT ENQ ACK BEL BS HT LF VT FF CR SO SI DLE DC1 DC2 DC3 DC4 NAK SYN ETB CAN EM SUB ESC FS GS RS US"
).split(" ");

/** In letters, since few fonts have pictures of these. */
function picture(character: string): string {
  const code = character.charCodeAt(0);
  const name = names[code] ?? (code === 0x7f ? "DEL" : `U+${code.toString(16).toUpperCase().padStart(4, "0")}`);
  return `\u27e8${name}\u27e9`;
}

/** The text as nodes that cannot do anything. */
export function safeNodes(text: string): ReactNode[] {
  const nodes: ReactNode[] = [];
  let pen: Pen = {};
  let start = 0;
  const put = (part: string) => {
    if (!part) return;
    const names = [pen.color && `ansi-${pen.color}`, pen.isBold && "ansi-bold", pen.isFaint && "ansi-faint"].filter(
      Boolean,
    );
    nodes.push(names.length > 0 ? <span key={nodes.length} className={names.join(" ")}>{part}</span> : part);
  };
  for (const found of text.matchAll(unseen)) {
    put(text.slice(start, found.index));
    start = found.index! + found[0].length;
    if (found[0].length > 1) pen = afterCommand(pen, found[0]);
    else if (found[0] !== "\r" || text[start] !== "\n") {
      nodes.push(
        <span key={nodes.length} className="rounded-xs bg-warn/15 text-warn" title="A character that cannot be seen">
          {picture(found[0])}
        </span>,
      );
    }
  }
  put(text.slice(start));
  return nodes;
}

/** Not in the middle of a surrogate pair. */
function head(text: string, count: number): string {
  const isPair = text.charCodeAt(count - 1) >= 0xd800 && text.charCodeAt(count - 1) <= 0xdbff;
  return text.slice(0, isPair ? count - 1 : count);
}

function download(bytes: Uint8Array, name: string) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([bytes], { type: "application/octet-stream" }));
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}

export function CopyButton({ text, label }: { text: () => string; label: string }) {
  const [state, setState] = useState<"" | "done" | "failed">("");
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(text());
      setState("done");
    } catch {
      setState("failed");
    }
    setTimeout(() => setState(""), 2_000);
  };
  return (
    <Button look="quiet" onClick={copy} aria-label={label} title={label}>
      <Icon name={state === "done" ? "check" : "copy"} />
      <span aria-live="polite">{state === "done" ? "Copied" : state === "failed" ? "Cannot copy" : "Copy"}</span>
    </Button>
  );
}

/** One stream of a program, shown safely whatever is in it. */
export function Output({ captured, name, isError }: { captured: Captured; name: string; isError?: boolean }) {
  const [isWhole, setWhole] = useState(false);
  const text = useMemo(() => textOf(captured), [captured]);
  const shown = isWhole || text.length <= shownAtFirst ? text : head(text, shownAtFirst);
  const nodes = useMemo(() => safeNodes(shown), [shown]);
  const bytes = useMemo(() => bytesOf(captured).length, [captured]);
  return (
    <section aria-label={name} className="border-t border-line first:border-t-0">
      <div className="flex flex-wrap items-center gap-x-2 px-4 pt-2">
        <h3 className={`text-xs font-semibold tracking-wide ${isError ? "text-bad" : "text-dim"}`}>{name}</h3>
        <span className="text-xs text-dim">{size(bytes)}</span>
        <span className="ml-auto flex">
          <CopyButton text={() => text} label={`Copy ${name}`} />
          <Button
            look="quiet"
            aria-label={`Download ${name}`}
            title={`Download ${name}`}
            onClick={() => download(bytesOf(captured), `${name.replace(/ /g, "-")}.txt`)}
          >
            <Icon name="down" />
          </Button>
        </span>
      </div>
      {typeof captured !== "string" && (
        <p className="px-4 text-xs text-warn">
          Not all of it is UTF-8 text: other bytes are shown as {"\ufffd"}. The download has every byte.
        </p>
      )}
      <pre
        tabIndex={0}
        aria-label={`Text of ${name}`}
        className="max-h-96 overflow-auto px-4 pt-1 pb-3 font-mono text-[13px] leading-5 break-words whitespace-pre-wrap"
      >
        {nodes}
      </pre>
      {shown.length < text.length && (
        <div className="border-t border-line px-4 py-2 text-sm">
          <span className="text-dim">The first {size(shown.length)} of {size(text.length)}.</span>
          <Button className="ml-2" onClick={() => setWhole(true)}>Show all of it</Button>
        </div>
      )}
    </section>
  );
}
