import { fromBase64URL, toBase64URL } from "./bytes";
import { Draft } from "./storage";

const prefix = "#program=";
/** A link beyond this is refused by some mail and chat programs. */
const mostCharacters = 30_000;

async function through(bytes: Uint8Array, transform: GenericTransformStream): Promise<Uint8Array> {
  const stream = new Blob([bytes]).stream().pipeThrough(transform as ReadableWritablePair<Uint8Array, Uint8Array>);
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

interface GenericTransformStream {
  readonly readable: ReadableStream;
  readonly writable: WritableStream;
}

declare class CompressionStream implements GenericTransformStream {
  constructor(format: string);
  readonly readable: ReadableStream;
  readonly writable: WritableStream;
}
declare class DecompressionStream extends CompressionStream {}

/** A link that carries the program; it is in the fragment, which browsers never send to a server. */
export async function linkTo(draft: Draft): Promise<string> {
  const packed = await through(
    new TextEncoder().encode(JSON.stringify(draft)),
    new CompressionStream("gzip"),
  );
  const link = location.href.split("#")[0] + prefix + toBase64URL(packed);
  if (link.length > mostCharacters) throw new Error("The program is too long for a link.");
  return link;
}

/** The program of the page's own link; nothing where there is none. */
export async function linkedDraft(): Promise<Draft | undefined> {
  if (!location.hash.startsWith(prefix)) return undefined;
  const packed = fromBase64URL(location.hash.slice(prefix.length));
  const text = new TextDecoder().decode(await through(packed, new DecompressionStream("gzip")));
  const value = JSON.parse(text);
  if (typeof value?.language !== "string" || typeof value?.code !== "string") {
    throw new Error("The link holds no program.");
  }
  const word = (name: string) => (typeof value[name] === "string" ? value[name] : "");
  return {
    language: value.language,
    code: value.code,
    stdin: word("stdin"),
    args: word("args"),
    wallTimeMs: word("wallTimeMs"),
    memoryMB: word("memoryMB"),
  };
}
