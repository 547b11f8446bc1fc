import { useEffect, useState } from "react";
import { Captured, Details, Trouble } from "./api";
import { bytesOf } from "./bytes";
import { duration, signalName, size } from "./figures";
import { CopyButton, Output } from "./Output";
import { Badge, Button, Icon } from "./parts";
import { isOver, Pause } from "./runs";
import { Draft, Run } from "./storage";
import { Timeline } from "./Timeline";

function useNow(isRunning: boolean): number {
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    if (!isRunning) return;
    const timer = setInterval(() => setNow(Date.now()), 200);
    return () => clearInterval(timer);
  }, [isRunning]);
  return now;
}

const words: Record<Run["state"], string> = {
  sending: "Sending",
  queued: "Queued",
  running: "Running",
  completed: "Completed",
  failed: "Failed",
  refused: "Not run",
  stopped: "No longer waiting",
  expired: "Expired",
};

const kinds: Record<string, string> = {
  compile_error: "It did not compile",
  runtime_error: "It ended with an error",
  timeout: "It took too long",
  memory_limit: "It used too much memory",
  output_limit: "It wrote too much",
  process_limit: "It started too many processes",
  disk_limit: "It filled its disk",
  internal_error: "The platform failed, not the program",
};

function Head({ run, resume, stop, open }: ResultProps & { run: Run }) {
  const isWaiting = !isOver(run);
  const now = useNow(isWaiting);
  const tone = run.state === "completed" ? "text-good" : isWaiting || run.state === "stopped" ? "text-ink" : "text-bad";
  const kind = run.status?.details?.errorType;
  return (
    <div className="relative flex min-h-14 flex-wrap items-center gap-x-3 gap-y-1 overflow-hidden px-4 py-2">
      <div role="status" className="flex flex-wrap items-baseline gap-x-3">
        <span className={`text-lg font-semibold ${tone}`}>{words[run.state]}</span>
        {run.state === "failed" && kind && <span className="text-sm text-dim">{kinds[kind] ?? kind}</span>}
      </div>
      {isWaiting && <span className="font-mono text-sm text-dim">{((now - run.startedAt) / 1_000).toFixed(1)} s</span>}
      <span className="ml-auto flex gap-2">
        {isWaiting && (
          <Button onClick={() => stop(run)}>
            <Icon name="stop" />Stop waiting
          </Button>
        )}
        {!isWaiting && open && <Button onClick={() => open(run.draft)}>Edit this program</Button>}
        {run.state === "stopped" && (
          <Button onClick={() => resume(run)}>
            <Icon name="retry" />Wait again
          </Button>
        )}
      </span>
      {isWaiting && (
        <div className="absolute inset-x-0 bottom-0 h-0.5 bg-line" aria-hidden="true">
          <div className="sweep h-full w-1/3 bg-accent" />
        </div>
      )}
    </div>
  );
}

function Box({ trouble, children }: { trouble: Trouble; children: React.ReactNode }) {
  return (
    <div role="alert" className="m-4 rounded-lg border border-warn/40 bg-warn/10 p-3 text-sm">
      <p className="flex items-center gap-2 font-semibold">
        <Icon name="warning" className="size-4 text-warn" />
        {trouble.title}
      </p>
      {trouble.faults.length > 0
        ? (
          <ul className="mt-1 list-disc pl-6">
            {trouble.faults.map((fault) => <li key={fault} className="break-words">{fault}</li>)}
          </ul>
        )
        : trouble.detail && <p className="mt-1 break-words">{trouble.detail}</p>}
      <div className="mt-2 flex flex-wrap items-center gap-3">{children}</div>
    </div>
  );
}

function Countdown({ until }: { until: number }) {
  const now = useNow(true);
  return <span className="text-dim">Trying again in {Math.max(0, Math.ceil((until - now) / 1_000))} s.</span>;
}

/** The API's refusal of a program, and the way to send it again. */
function Refusal({ run, resume }: { run: Run; resume: (run: Run) => void }) {
  const [since] = useState(Date.now);
  const now = useNow(true);
  const trouble = run.trouble!;
  const left = Math.ceil((since + (trouble.retryAfter ?? 0) * 1_000 - now) / 1_000);
  const isPassing = trouble.status === 0 || trouble.status === 429 || trouble.status >= 500;
  return (
    <Box trouble={trouble}>
      {trouble.status === 413 && <span>The program is {size(new TextEncoder().encode(run.draft.code).length)}.</span>}
      {isPassing && (
        <Button onClick={() => resume(run)} disabled={left > 0}>
          <Icon name="retry" />
          {left > 0 ? `Send again in ${left} s` : "Send again"}
        </Button>
      )}
      {!isPassing && trouble.status !== 404 && (
        <span className="text-dim">Change the program or its limits and run it again.</span>
      )}
    </Box>
  );
}

function Figures({ details }: { details: Details }) {
  const figures: [string, string, boolean?][] = [];
  if (details.signal !== undefined) figures.push(["Ended by", signalName(details.signal), true]);
  else if (details.exitCode !== undefined) {
    figures.push(["Exit code", String(details.exitCode), details.exitCode !== 0]);
  }
  if (details.cpuTimeMs !== undefined) figures.push(["CPU time", duration(details.cpuTimeMs)]);
  if (details.wallTimeMs !== undefined) figures.push(["Wall time", duration(details.wallTimeMs)]);
  if (details.peakMemoryBytes !== undefined) figures.push(["Peak memory", size(details.peakMemoryBytes)]);
  return (
    <dl className="grid grid-cols-2 gap-px border-t border-line bg-line sm:grid-cols-4">
      {figures.map(([name, value, isBad]) => (
        <div key={name} className="bg-card px-4 py-2">
          <dt className="text-xs text-dim">{name}</dt>
          <dd className={`font-mono text-[15px] font-semibold ${isBad ? "text-bad" : ""}`}>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

function isEmpty(captured?: Captured): boolean {
  return captured === undefined || captured === "" || (typeof captured === "object" && bytesOf(captured).length === 0);
}

function Streams({ run }: { run: Run }) {
  const status = run.status!;
  const details = status.details;
  const stdout = details?.stdout ?? status.result;
  const hasNothing = isEmpty(stdout) && isEmpty(details?.stderr) && isEmpty(details?.compileOutput);
  return (
    <div className="border-t border-line">
      {status.error && (
        <div className="flex items-center gap-2 border-b border-line py-1 pr-2 pl-4 text-sm">
          <p className="min-w-0 font-medium break-words whitespace-pre-wrap text-bad">{status.error.slice(0, 2_000)}</p>
          <span className="ml-auto">
            <CopyButton text={() => status.error!} label="Copy the error" />
          </span>
        </div>
      )}
      {!isEmpty(details?.compileOutput) && (
        <Output name="Compiler" captured={details!.compileOutput!} isError={details?.errorType === "compile_error"} />
      )}
      {!isEmpty(stdout) && <Output name="Standard output" captured={stdout!} />}
      {!isEmpty(details?.stderr) && <Output name="Standard error" captured={details!.stderr!} isError />}
      {hasNothing && <p className="px-4 py-3 text-sm text-dim">The program wrote nothing.</p>}
      {details?.truncated && (
        <p className="border-t border-line px-4 py-2 text-sm text-warn">
          The platform cut the output: it was longer than its cap.
        </p>
      )}
    </div>
  );
}

interface ResultProps {
  run?: Run;
  pause?: Pause;
  resume: (run: Run) => void;
  stop: (run: Run) => void;
  /** Puts a program into the form; absent where it is there. */
  open?: (draft: Draft) => void;
}

/** What became of a program. */
export function Result({ run, pause, resume, stop, open }: ResultProps) {
  if (!run) {
    return (
      <div className="px-6 py-12 text-center text-dim">
        <Icon name="play" className="mx-auto mb-3 size-8 opacity-40" />
        <p className="font-medium text-ink">Run the program to see what it writes.</p>
        <p className="mt-1 text-sm">Its time, memory and cost come with it.</p>
      </div>
    );
  }
  const details = run.status?.details;
  const hasEnded = run.state === "completed" || run.state === "failed";
  return (
    <>
      <Head run={run} resume={resume} stop={stop} open={open} />
      {!isOver(run) && pause && (
        <Box trouble={pause.trouble}>
          <Countdown until={pause.until} />
          <Button onClick={pause.tryNow}>
            <Icon name="retry" />Try now
          </Button>
        </Box>
      )}
      {isOver(run) && run.trouble && <Refusal key={run.id + run.state} run={run} resume={resume} />}
      {run.state === "stopped" && (
        <p className="px-4 pb-3 text-sm text-dim">The job itself goes on; waiting again asks for its result.</p>
      )}
      {hasEnded && details && <Figures details={details} />}
      {hasEnded && <Streams run={run} />}
      {hasEnded && run.status?.timings && <Timeline timings={run.status.timings} />}
      {hasEnded && (
        <div className="flex flex-wrap items-center gap-2 border-t border-line px-4 py-2 text-xs text-dim">
          {run.jobId && <span className="font-mono break-all">{run.jobId}</span>}
          {details?.sandbox?.backend && <Badge tone="dim">{details.sandbox.backend}</Badge>}
          {(details?.sandbox?.absent?.length ?? 0) > 0 && (
            <span title={details!.sandbox!.absent!.join("\n")}>
              <Badge tone="warn">{details!.sandbox!.absent!.length} protections absent</Badge>
            </span>
          )}
        </div>
      )}
    </>
  );
}
