import { Timings } from "./api";

export function duration(ms: number): string {
  if (ms === 0) return "0 ms";
  if (ms < 1) return `${ms.toFixed(2)} ms`;
  if (ms < 10) return `${ms.toFixed(1)} ms`;
  if (ms < 1_000) return `${Math.round(ms)} ms`;
  return ms < 60_000 ? `${(ms / 1_000).toFixed(2)} s` : `${(ms / 60_000).toFixed(1)} min`;
}

export function size(bytes: number): string {
  if (bytes < 1_024) return `${bytes} B`;
  if (bytes < 1 << 20) return `${(bytes / 1_024).toFixed(1)} KiB`;
  return `${(bytes / (1 << 20)).toFixed(1)} MiB`;
}

export function ago(then: number, now: number): string {
  const seconds = Math.max(0, Math.round((now - then) / 1_000));
  if (seconds < 60) return "just now";
  if (seconds < 3_600) return `${Math.round(seconds / 60)} min ago`;
  if (seconds < 86_400) return `${Math.round(seconds / 3_600)} h ago`;
  return new Date(then).toLocaleDateString();
}

export type PartName = "submit" | "queue" | "cold" | "compile" | "run" | "publish";

export interface Part {
  name: PartName;
  title: string;
  meaning: string;
  ms: number;
}

const parts: [PartName, string, string, keyof Timings, keyof Timings][] = [
  ["submit", "Submit", "The API stores the job and its message", "s0", "s1"],
  ["queue", "Queue wait", "The message waits for a free environment", "s1", "s2"],
  ["cold", "Cold start", "An environment starts for this job", "s2", "s3"],
  ["compile", "Compile", "The compiler, or the check of the source", "s3", "s4"],
  ["run", "Run", "The program itself, its sandbox included", "s4", "s5"],
  ["publish", "Publish", "The result is stored and becomes visible", "s5", "s6"],
];

/** Where the time of a job went, in order; empty where the platform does not tell all of it. */
export function partsOf(timings?: Timings): Part[] {
  if (!timings) return [];
  const found = parts.map(([name, title, meaning, from, to]) => {
    const [start, end] = [timings[from], timings[to]];
    const isKnown = typeof start === "number" && typeof end === "number" && end >= start;
    return isKnown ? { name, title, meaning, ms: (end - start) / 1_000 } : undefined;
  });
  return found.every((part) => part !== undefined) ? (found as Part[]) : [];
}

// AWS list prices for Virginia, x86, read 2026-09-19; the same as in Sources/Pricing.
const dollarsPerGigabyteSecond = 0.0000166667;
const dollarsPerRequest = 0.0000002;

/** US dollars that AWS Lambda would bill for the execution; nothing where the platform does not tell. */
export function cost(timings?: Timings): number | undefined {
  if (timings?.billedMs === undefined || timings.memoryMB === undefined) return undefined;
  return (timings.memoryMB / 1_024) * (timings.billedMs / 1_000) * dollarsPerGigabyteSecond + dollarsPerRequest;
}

export function dollars(amount: number): string {
  if (amount >= 0.01) return `$${amount.toFixed(2)}`;
  const digits = Math.min(12, 2 - Math.floor(Math.log10(amount)));
  return `$${amount.toFixed(amount > 0 ? digits : 2)}`;
}

const signals: Record<number, string> = {
  4: "SIGILL",
  6: "SIGABRT",
  7: "SIGBUS",
  8: "SIGFPE",
  9: "SIGKILL",
  11: "SIGSEGV",
  13: "SIGPIPE",
  15: "SIGTERM",
  24: "SIGXCPU",
  25: "SIGXFSZ",
  31: "SIGSYS",
};

export function signalName(signal: number): string {
  return signals[signal] ?? `signal ${signal}`;
}
