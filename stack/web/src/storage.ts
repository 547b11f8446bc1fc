import { Captured, JobStatus, Trouble } from "./api";

/** What is in the form. */
export interface Draft {
  language: string;
  code: string;
  stdin: string;
  /** One argument a line. */
  args: string;
  wallTimeMs: string;
  memoryMB: string;
}

export type RunState = "sending" | "queued" | "running" | "completed" | "failed" | "refused" | "stopped" | "expired";

/** A program that was sent, and what became of it. */
export interface Run {
  /** Also the submission's Idempotency-Key. */
  id: string;
  draft: Draft;
  startedAt: number;
  state: RunState;
  jobId?: string;
  status?: JobStatus;
  trouble?: Trouble;
}

const mostRuns = 25;
const mostStoredCharacters = 8_000;

function read<Value>(name: string): Value | undefined {
  try {
    const text = localStorage.getItem(name);
    return text === null ? undefined : JSON.parse(text);
  } catch {
    return undefined;
  }
}

function write(name: string, value: unknown): boolean {
  try {
    localStorage.setItem(name, JSON.stringify(value));
    return true;
  } catch {
    return false;
  }
}

function cut(captured?: Captured): Captured | undefined {
  const isLong = typeof captured === "string" && captured.length > mostStoredCharacters;
  if (isLong) return (captured as string).slice(0, mostStoredCharacters) + "\n… (the rest was not kept)";
  return typeof captured === "object" && captured.base64.length > mostStoredCharacters
    ? { base64: captured.base64.slice(0, mostStoredCharacters) }
    : captured;
}

/** The run with so much of its output as a history should hold. */
function slim(run: Run): Run {
  const details = run.status?.details;
  if (!run.status) return run;
  return {
    ...run,
    status: {
      ...run.status,
      result: cut(run.status.result) as string | undefined,
      details: details && {
        ...details,
        stdout: cut(details.stdout),
        stderr: cut(details.stderr),
        compileOutput: cut(details.compileOutput),
      },
    },
  };
}

export function storedRuns(): Run[] {
  const runs = read<Run[]>("console.runs");
  return Array.isArray(runs) ? runs.filter((run) => run && run.id && run.draft) : [];
}

/** Keeps the newest runs, as many as there is room for. */
export function storeRuns(runs: Run[]) {
  const kept = runs.slice(0, mostRuns).map(slim);
  while (!write("console.runs", kept) && kept.length > 0) kept.splice(Math.floor(kept.length / 2));
}

export function storedDrafts(): { language?: string; drafts: Record<string, Draft> } {
  const stored = read<{ language?: string; drafts?: Record<string, Draft> }>("console.drafts");
  return { language: stored?.language, drafts: stored?.drafts ?? {} };
}

export function storeDrafts(language: string, drafts: Record<string, Draft>) {
  write("console.drafts", { language, drafts });
}

export type Theme = "system" | "light" | "dark";

export function storedTheme(): Theme {
  try {
    const theme = localStorage.getItem("console.theme");
    return theme === "light" || theme === "dark" ? theme : "system";
  } catch {
    return "system";
  }
}

export function storeTheme(theme: Theme) {
  try {
    localStorage.setItem("console.theme", theme);
  } catch {
    // Without storage the wish lasts as long as the page.
  }
}
