import { Timings } from "./api";
import { cost, dollars, duration, Part, partsOf } from "./figures";
import { Badge, Icon } from "./parts";

const colors: Record<Part["name"], string> = {
  submit: "bg-part-submit",
  queue: "bg-part-queue",
  cold: "bg-part-cold",
  compile: "bg-part-compile",
  run: "bg-part-run",
  publish: "bg-part-publish",
};

const starts: Record<string, string> = {
  prewarmed: "a process was ready for it",
  zygote: "forked off a running interpreter",
  cached: "the compiled program was known",
};

function Bar({ parts, total }: { parts: Part[]; total: number }) {
  return (
    <div className="flex h-6 w-full gap-px overflow-hidden rounded-md bg-well" aria-hidden="true">
      {parts.filter((part) => part.ms > 0).map((part) => (
        <div
          key={part.name}
          className={`${colors[part.name]} min-w-[3px]`}
          style={{ flexGrow: Math.max(part.ms / total, 0.002), flexBasis: 0 }}
          title={`${part.title}: ${duration(part.ms)}`}
        />
      ))}
    </div>
  );
}

/** Where the time of a job went, and what it would cost. */
export function Timeline({ timings }: { timings: Timings }) {
  const parts = partsOf(timings);
  const total = parts.reduce((sum, part) => sum + part.ms, 0);
  const money = cost(timings);
  if (parts.length === 0 && money === undefined) return null;
  return (
    <section aria-label="Where the time went" className="border-t border-line px-4 py-3">
      <div className="mb-2 flex flex-wrap items-center gap-2">
        <h3 className="text-xs font-semibold tracking-wide text-dim">Where the time went</h3>
        {timings.coldStart === true && (
          <Badge tone="cold">
            <Icon name="snow" className="size-3" />Cold start
          </Badge>
        )}
        {timings.coldStart === false && (
          <Badge tone="dim">
            <Icon name="bolt" className="size-3" />Warm environment
          </Badge>
        )}
        {(timings.attempt ?? 1) > 1 && <Badge tone="warn">Delivery {timings.attempt}</Badge>}
        {parts.length > 0 && <span className="ml-auto font-mono text-sm font-semibold">{duration(total)}</span>}
      </div>
      {parts.length > 0 && (
        <>
          <Bar parts={parts} total={total} />
          <dl className="mt-3 grid grid-cols-2 gap-x-6 gap-y-1 sm:grid-cols-3">
            {parts.map((part) => (
              <div key={part.name} className="flex items-center gap-2 text-sm" title={part.meaning}>
                <span className={`size-2.5 shrink-0 rounded-xs ${colors[part.name]}`} aria-hidden="true" />
                <dt className="text-dim">{part.title}</dt>
                <dd className="ml-auto font-mono text-[13px] whitespace-nowrap">{duration(part.ms)}</dd>
              </div>
            ))}
          </dl>
        </>
      )}
      {money !== undefined && (
        <p className="mt-3 text-sm text-dim">
          <strong className="font-mono font-semibold text-ink">{dollars(money)}</strong>{" "}
          for this execution, as AWS Lambda would bill it: {timings.billedMs} ms of {timings.memoryMB}{" "}
          MB; a million like it are <span className="text-ink">{dollars(money * 1e6)}</span>.
          {timings.start && starts[timings.start] && <>It started fast: {starts[timings.start]}.</>}
        </p>
      )}
    </section>
  );
}
