import axios, { AxiosResponse } from "axios";
import { apiBase, hasReports } from "./config";

/** Text, or bytes that are not UTF-8. */
export type Captured = string | { base64: string };

export interface Details {
  errorType?: string;
  exitCode?: number;
  signal?: number;
  stdout?: Captured;
  stderr?: Captured;
  compileOutput?: Captured;
  truncated?: boolean;
  cpuTimeMs?: number;
  wallTimeMs?: number;
  peakMemoryBytes?: number;
  sandbox?: { backend?: string; absent?: string[] };
  techniques?: string[];
}

/** The platform's instants in microseconds since 1970, and how the job was served. */
export interface Timings {
  s0?: number;
  s1?: number;
  s2?: number;
  s3?: number;
  s4?: number;
  s5?: number;
  s6?: number;
  coldStart?: boolean;
  start?: string;
  environmentId?: string;
  attempt?: number;
  billedMs?: number;
  memoryMB?: number;
}

export type JobState = "queued" | "running" | "completed" | "failed";

export interface JobStatus {
  jobId?: string;
  status: JobState;
  result?: string;
  error?: string;
  timestamp: number;
  details?: Details;
  timings?: Timings;
}

export interface Limits {
  wallTimeMs?: number;
  cpuTimeMs?: number;
  memoryMB?: number;
}

export interface Submission {
  language: string;
  code: string;
  stdin?: string;
  args?: string[];
  limits?: Limits;
}

export interface LimitRange {
  default: number;
  minimum: number;
  maximum: number;
}

export interface LanguageEntry {
  name: string;
  title: string;
  source?: string;
  limits?: { wallTimeMs: LimitRange; cpuTimeMs: LimitRange; memoryMB: LimitRange };
  versions?: { compiler: string[]; runtime: string[] } | null;
  problem?: string;
}

/** Why the API did not do what it was asked, for a person. */
export interface Trouble {
  /** The status; 0 where no answer came. */
  status: number;
  title: string;
  detail: string;
  /** Each fault on its own, the place first. */
  faults: string[];
  /** Seconds after which the same may succeed. */
  retryAfter?: number;
}

export class APIError extends Error {
  constructor(readonly trouble: Trouble) {
    super(trouble.title);
  }
}

const client = axios.create({ baseURL: apiBase, validateStatus: () => true, timeout: 60_000 });

const titles: Record<number, string> = {
  400: "The API does not accept this request",
  404: "This job is not known any more",
  413: "The program is too large",
  415: "The API does not accept this kind of request",
  422: "This language cannot be run here",
  429: "The queue is full",
  500: "Something broke inside the platform",
  502: "The platform cannot be reached",
  503: "The platform is not ready",
  504: "The platform did not answer in time",
};

function troubleOf(response: AxiosResponse): Trouble {
  const problem = typeof response.data === "object" && response.data !== null ? response.data : {};
  const wait = Number(response.headers["retry-after"]);
  const faults = Array.isArray(problem.errors) ? problem.errors : [];
  return {
    status: response.status,
    title: titles[response.status] ?? problem.title ?? `The API answered with status ${response.status}`,
    detail: typeof problem.detail === "string" ? problem.detail : "",
    faults: faults.slice(0, 20).map((fault: any) =>
      [fault.pointer ?? fault.parameter ?? fault.header, fault.detail].filter(Boolean).join(": ")
    ),
    retryAfter: Number.isFinite(wait) && wait > 0 ? wait : undefined,
  };
}

const silence: Trouble = {
  status: 0,
  title: "The API cannot be reached",
  detail: "No answer came. The network may be down, or the platform is stopped. Your program is kept here.",
  faults: [],
};

async function answer(request: Promise<AxiosResponse>): Promise<AxiosResponse> {
  let response: AxiosResponse;
  try {
    response = await request;
  } catch (error) {
    if (axios.isCancel(error)) throw error;
    throw new APIError(silence);
  }
  if (response.status >= 300) throw new APIError(troubleOf(response));
  return response;
}

/** Sends a program; the key makes a repetition harmless. */
export async function submit(submission: Submission, key: string, signal: AbortSignal): Promise<string> {
  const response = await answer(
    client.post("execute", submission, { headers: { "Idempotency-Key": key }, signal }),
  );
  const job = response.data?.jobId;
  if (typeof job === "string") return job;
  throw new APIError({ ...silence, status: response.status, title: "The API's answer has no job in it", detail: "" });
}

/** Asks for a job; with `wait` the answer comes when the job ends, or after so many seconds. */
export async function jobStatus(
  job: string,
  wait: number,
  signal: AbortSignal,
): Promise<{ status: JobStatus; longestWait: number }> {
  const query = wait > 0 ? `?wait=${wait}` : "";
  const response = await answer(client.get(`job-status/${encodeURIComponent(job)}${query}`, { signal }));
  const longest = Number(response.headers["job-wait-max-seconds"]);
  return { status: response.data, longestWait: Number.isFinite(longest) ? longest : 0 };
}

export async function languages(signal: AbortSignal): Promise<LanguageEntry[]> {
  const response = await answer(client.get("languages", { signal, timeout: 10_000 }));
  return Array.isArray(response.data?.languages) ? response.data.languages : [];
}

export async function metrics(signal: AbortSignal): Promise<string> {
  const response = await answer(client.get("metrics", { signal, timeout: 10_000, responseType: "text" }));
  return String(response.data);
}

export interface StoredReport {
  id: string;
  scenario: string;
  verdict: string;
  startedAt: number;
}

/** The newest benchmark reports; none where the API does not serve any. */
export async function reports(signal: AbortSignal): Promise<StoredReport[]> {
  if (!hasReports) return [];
  try {
    const response = await answer(client.get("reports", { signal, timeout: 10_000 }));
    return Array.isArray(response.data?.reports) ? response.data.reports : [];
  } catch {
    return [];
  }
}

export function isStopped(error: unknown): boolean {
  return axios.isCancel(error);
}
