import { useCallback, useEffect, useRef, useState } from "react";
import { APIError, isStopped, JobStatus, jobStatus, Limits, Submission, submit, Trouble } from "./api";
import { Draft, Run, storedRuns, storeRuns } from "./storage";

/** A try that failed while a job is followed, and when the next comes. */
export interface Pause {
  trouble: Trouble;
  /** Milliseconds since 1970. */
  until: number;
  /** Does not wait for the time to come. */
  tryNow: () => void;
}

const longestPause = 15;
const secondsOfOneWait = 20;

export function isOver(run: Run): boolean {
  return run.state !== "sending" && run.state !== "queued" && run.state !== "running";
}

function number(text: string): number | undefined {
  return text.trim() === "" ? undefined : Number(text);
}

/** What the API is sent for a form. */
export function submissionOf(draft: Draft): Submission {
  const wall = number(draft.wallTimeMs);
  const limits: Limits = { wallTimeMs: wall, cpuTimeMs: wall, memoryMB: number(draft.memoryMB) };
  const args = draft.args.split("\n").filter((line, index, all) => line !== "" || index < all.length - 1);
  return {
    language: draft.language,
    code: draft.code,
    ...(draft.stdin ? { stdin: draft.stdin } : {}),
    ...(draft.args ? { args } : {}),
    ...(wall !== undefined || limits.memoryMB !== undefined ? { limits } : {}),
  };
}

/** A name that nobody else has; randomUUID only exists on secure pages. */
function newID(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

const silent: Trouble = { status: 0, title: "Something went wrong in this page", detail: "", faults: [] };

function troubleOf(error: unknown): Trouble {
  if (error instanceof APIError) return error.trouble;
  return { ...silent, detail: error instanceof Error ? error.message : String(error) };
}

/** Whether asking for the same job again may succeed. */
function isPassing(trouble: Trouble): boolean {
  return trouble.status === 0 || trouble.status === 429 || trouble.status >= 500;
}

/** Everything that was run here, and what is under way. */
export function useRuns() {
  const [runs, setRuns] = useState<Run[]>(storedRuns);
  const [shownID, show] = useState<string | undefined>(() => runs[0]?.id);
  const [pause, setPause] = useState<Pause | undefined>();
  const following = useRef<AbortController | undefined>();

  const change = useCallback((id: string, part: Partial<Run>) => {
    setRuns((all) => {
      const changed = all.map((run) => (run.id === id ? { ...run, ...part } : run));
      storeRuns(changed);
      return changed;
    });
  }, []);

  const wait = useCallback((trouble: Trouble, seconds: number, signal: AbortSignal) => {
    return new Promise<void>((resolve) => {
      const timer = setTimeout(done, seconds * 1_000);
      function done() {
        clearTimeout(timer);
        signal.removeEventListener("abort", done);
        setPause(undefined);
        resolve();
      }
      signal.addEventListener("abort", done);
      setPause({ trouble, until: Date.now() + seconds * 1_000, tryNow: done });
    });
  }, []);

  /** Waits by long poll for the end, and looks now and then whether the job has begun. */
  const follow = useCallback(async (id: string, job: string, signal: AbortSignal) => {
    const take = (status: JobStatus) => change(id, { state: status.status, status, jobId: job, trouble: undefined });
    let failures = 0;
    let longestWait = secondsOfOneWait;
    const glance = setInterval(async () => {
      try {
        const { status } = await jobStatus(job, 0, signal);
        if (status.status === "running" && !signal.aborted) {
          clearInterval(glance);
          setRuns((all) =>
            all.map((run) => (run.id === id && run.state === "queued" ? { ...run, state: "running" } : run))
          );
        }
      } catch {
        // The long poll is the one that tells.
      }
    }, 400);
    try {
      while (!signal.aborted) {
        try {
          const before = Date.now();
          const answer = await jobStatus(job, Math.min(secondsOfOneWait, longestWait), signal);
          failures = 0;
          longestWait = answer.longestWait;
          take(answer.status);
          if (answer.status.status === "completed" || answer.status.status === "failed") return;
          // Where the API does not hold the request, this is an ordinary poll.
          if (Date.now() - before < 500) await new Promise((resolve) => setTimeout(resolve, 500));
        } catch (error) {
          if (isStopped(error)) return;
          const trouble = troubleOf(error);
          if (trouble.status === 404) return change(id, { state: "expired", trouble });
          if (!isPassing(trouble)) return change(id, { state: "refused", trouble });
          failures += 1;
          await wait(trouble, trouble.retryAfter ?? Math.min(longestPause, 2 ** (failures - 1)), signal);
        }
      }
    } finally {
      clearInterval(glance);
    }
  }, [change, wait]);

  const begin = useCallback((run: Run) => {
    following.current?.abort();
    const controller = new AbortController();
    following.current = controller;
    setPause(undefined);
    show(run.id);
    (async () => {
      let job = run.jobId;
      if (!job) {
        try {
          job = await submit(submissionOf(run.draft), run.id, controller.signal);
          change(run.id, { state: "queued", jobId: job });
        } catch (error) {
          if (!isStopped(error)) change(run.id, { state: "refused", trouble: troubleOf(error) });
          return;
        }
      }
      await follow(run.id, job, controller.signal);
    })();
  }, [change, follow]);

  const start = useCallback((draft: Draft) => {
    const run: Run = { id: newID(), draft, startedAt: Date.now(), state: "sending" };
    setRuns((all) => {
      const changed = [run, ...all.map((other) => (isOver(other) ? other : { ...other, state: "stopped" as const }))];
      storeRuns(changed);
      return changed;
    });
    begin(run);
  }, [begin]);

  /** Goes on with a run: asks for its job again, or sends it again under the same key, so that it cannot run twice. */
  const resume = useCallback((run: Run) => {
    const state = run.jobId ? "queued" : "sending";
    change(run.id, { state, trouble: undefined });
    begin({ ...run, state });
  }, [begin, change]);

  const stop = useCallback((run: Run) => {
    following.current?.abort();
    setPause(undefined);
    change(run.id, { state: "stopped" });
  }, [change]);

  const forget = useCallback(() => {
    following.current?.abort();
    setRuns([]);
    storeRuns([]);
    show(undefined);
  }, []);

  // A run that was under way when the page was closed goes on.
  useEffect(() => {
    const open = runs.find((run) => !isOver(run));
    if (open) begin(open);
    return () => following.current?.abort();
  }, []);

  return { runs, shown: runs.find((run) => run.id === shownID), show, start, resume, stop, forget, pause };
}
