import { Captured } from "./api";

/** The exact bytes of what a program wrote. */
export function bytesOf(captured: Captured): Uint8Array {
  if (typeof captured === "string") return new TextEncoder().encode(captured);
  try {
    return Uint8Array.from(atob(captured.base64), (letter) => letter.charCodeAt(0));
  } catch {
    return new Uint8Array();
  }
}

/** What can be read of it; bytes that are no text become U+FFFD. */
export function textOf(captured: Captured): string {
  return typeof captured === "string" ? captured : new TextDecoder().decode(bytesOf(captured));
}

export function toBase64URL(bytes: Uint8Array): string {
  let text = "";
  for (let start = 0; start < bytes.length; start += 0x8000) {
    text += String.fromCharCode(...bytes.subarray(start, start + 0x8000));
  }
  return btoa(text).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
}

export function fromBase64URL(text: string): Uint8Array {
  return bytesOf({ base64: text.replace(/-/g, "+").replace(/_/g, "/") });
}
