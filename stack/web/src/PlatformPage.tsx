import { ReactNode, useEffect, useState } from "react";
import { APIError, metrics, reports as askReports, StoredReport, Trouble } from "./api";
import { apiBase } from "./config";
import { ago, duration } from "./figures";
import { figure, labelValues, parse, Sample } from "./metrics";
import { Badge, Card, Icon } from "./parts";
import { standardLanguages } from "./samples";

const secondsBetweenReadings = 2;
const mostReadings = 150;

interface Reading {
  waiting: number;
  inFlight: number;
}

/** What the platform says of itself, read again and again while the page is seen. */
function useMetrics() {
  const [samples, setSamples] = useState<Sample[]>();
  const [readings, setReadings] = useState<Reading[]>([]);
  const [trouble, setTrouble] = useState<Trouble>();
  useEffect(() => {
    const controller = new AbortController();
    const read = async () => {
      if (document.hidden) return;
      try {
        const found = parse(await metrics(controller.signal));
        setSamples(found);
        setTrouble(undefined);
        const waiting = figure(found, "rce_api_queue_jobs", { state: "waiting" });
        const inFlight = figure(found, "rce_api_queue_jobs", { state: "in_flight" });
        if (waiting === undefined || inFlight === undefined) return;
        setReadings((old) => [...old, { waiting, inFlight }].slice(-mostReadings));
      } catch (error) {
        if (error instanceof APIError) setTrouble(error.trouble);
      }
    };
    read();
    const timer = setInterval(read, secondsBetweenReadings * 1_000);
    return () => {
      controller.abort();
      clearInterval(timer);
    };
  }, []);
  return { samples, readings, trouble };
}

function Tile({ name, value, children }: { name: string; value: string; children?: ReactNode }) {
  return (
    <Card className="px-4 py-3">
      <dt className="text-sm text-dim">{name}</dt>
      <dd>
        <span className="font-mono text-2xl font-semibold">{value}</span>
        <span className="block text-xs text-dim">{children}</span>
      </dd>
    </Card>
  );
}

function Depth({ readings }: { readings: Reading[] }) {
  const most = Math.max(4, ...readings.map((reading) => Math.max(reading.waiting, reading.inFlight)));
  const line = (value: (reading: Reading) => number) =>
    readings.map((reading, index) =>
      `${(600 - (readings.length - 1 - index) * (600 / mostReadings)).toFixed(1)},${
        (110 - (value(reading) / most) * 100).toFixed(1)
      }`
    ).join(" ");
  const last = readings[readings.length - 1];
  return (
    <Card className="p-4">
      <div className="flex flex-wrap items-center gap-4 text-sm">
        <h2 className="font-semibold">The queue, these five minutes</h2>
        <span className="flex items-center gap-1.5 text-dim">
          <span className="h-0.5 w-4 bg-part-queue" aria-hidden="true" />waiting
        </span>
        <span className="flex items-center gap-1.5 text-dim">
          <span className="h-0.5 w-4 bg-part-run" aria-hidden="true" />in flight
        </span>
        <span className="ml-auto font-mono text-xs text-dim">top is {most}</span>
      </div>
      <svg
        viewBox="0 0 600 120"
        preserveAspectRatio="none"
        className="mt-2 h-28 w-full"
        role="img"
        aria-label={`${last.waiting} jobs wait and ${last.inFlight} are in flight; at most ${most} since this page was opened`}
      >
        <line x1="0" x2="600" y1="110" y2="110" stroke="var(--line)" vectorEffect="non-scaling-stroke" />
        <line
          x1="0"
          x2="600"
          y1="10"
          y2="10"
          stroke="var(--line)"
          strokeDasharray="3 4"
          vectorEffect="non-scaling-stroke"
        />
        <polyline
          points={line((reading) => reading.inFlight)}
          fill="none"
          stroke="var(--part-run)"
          strokeWidth="2"
          vectorEffect="non-scaling-stroke"
        />
        <polyline
          points={line((reading) => reading.waiting)}
          fill="none"
          stroke="var(--part-queue)"
          strokeWidth="2"
          vectorEffect="non-scaling-stroke"
        />
      </svg>
    </Card>
  );
}

function percent(part: number, whole: number): string {
  return whole > 0 ? `${((100 * part) / whole).toFixed(part > 0 && part / whole < 0.1 ? 1 : 0)} %` : "–";
}

const jobs = "rce_api_recent_jobs";
const cold = "rce_api_recent_cold_starts";
const times = "rce_api_recent_job_duration_seconds";

function Languages({ samples }: { samples: Sample[] }) {
  const names = labelValues(samples, jobs, "language");
  const title = (name: string) => standardLanguages.find((entry) => entry.name === name)?.title ?? name;
  const quantile = (language: string, quantile: string) => {
    const seconds = figure(samples, times, { language, quantile });
    return seconds === undefined ? "–" : duration(seconds * 1_000);
  };
  return (
    <Card className="overflow-x-auto p-4">
      <h2 className="text-sm font-semibold">By language, the last hour</h2>
      <table className="mt-2 w-full text-sm whitespace-nowrap">
        <thead>
          <tr className="text-right text-xs text-dim">
            <th scope="col" className="py-1 text-left font-medium">Language</th>
            <th scope="col" className="py-1 pl-4 font-medium">Jobs</th>
            <th scope="col" className="py-1 pl-4 font-medium">p50</th>
            <th scope="col" className="py-1 pl-4 font-medium">p95</th>
            <th scope="col" className="py-1 pl-4 font-medium">Failed</th>
            <th scope="col" className="py-1 pl-4 font-medium">Cold</th>
          </tr>
        </thead>
        <tbody className="font-mono text-[13px]">
          {names.map((language) => {
            const all = figure(samples, jobs, { language }) ?? 0;
            const completed = figure(samples, jobs, { language, outcome: "completed" }) ?? 0;
            return (
              <tr key={language} className="border-t border-line text-right">
                <th scope="row" className="py-1.5 text-left font-sans font-medium">{title(language)}</th>
                <td className="pl-4">{all}</td>
                <td className="pl-4">{quantile(language, "0.5")}</td>
                <td className="pl-4">{quantile(language, "0.95")}</td>
                <td className="pl-4">{percent(all - completed, all)}</td>
                <td className="pl-4">{percent(figure(samples, cold, { language }) ?? 0, all)}</td>
              </tr>
            );
          })}
          {names.length === 0 && (
            <tr className="border-t border-line">
              <td colSpan={6} className="py-3 font-sans text-dim">No job ended in the last hour.</td>
            </tr>
          )}
        </tbody>
      </table>
      <p className="mt-2 text-xs text-dim">
        Of jobs that were sent to this API and whose end was read here, from submit to result. A percentile without
        enough jobs is not shown.
      </p>
    </Card>
  );
}

function Reports() {
  const [found, setFound] = useState<StoredReport[]>([]);
  useEffect(() => {
    const controller = new AbortController();
    askReports(controller.signal).then(setFound);
    return () => controller.abort();
  }, []);
  if (found.length === 0) return null;
  const tone = (verdict: string) => (verdict === "VALID" ? "good" : verdict === "SUSPECT" ? "warn" : "bad");
  return (
    <Card className="p-4">
      <h2 className="text-sm font-semibold">Last benchmark reports</h2>
      <ul className="mt-2">
        {found.map((report) => (
          <li key={report.id} className="border-t border-line first:border-t-0">
            <a
              href={`${apiBase}reports/${encodeURIComponent(report.id)}/report.html`}
              className="flex items-center gap-3 py-1.5 text-sm hover:text-accent"
            >
              <span className="font-medium">{report.scenario}</span>
              <Badge tone={tone(report.verdict)}>{report.verdict}</Badge>
              <span className="ml-auto text-xs text-dim">{ago(report.startedAt, Date.now())}</span>
            </a>
          </li>
        ))}
      </ul>
    </Card>
  );
}

/** How the platform does, from its own figures. */
export function PlatformPage() {
  const { samples, readings, trouble } = useMetrics();
  const queue = (state: string) => figure(samples ?? [], "rce_api_queue_jobs", { state });
  const environments = (state: string) => figure(samples ?? [], "rce_api_environments", { state });
  const words = (value?: number) => (value === undefined ? "–" : value.toLocaleString("en"));
  const all = figure(samples ?? [], jobs) ?? 0;
  const completed = figure(samples ?? [], jobs, { outcome: "completed" }) ?? 0;
  const hosts = figure(samples ?? [], "rce_api_hosts");
  return (
    <div className="grid gap-4">
      <h1 className="text-xl font-semibold">The platform</h1>
      {trouble && (
        <p
          role="alert"
          className="flex items-center gap-2 rounded-lg border border-warn/40 bg-warn/10 px-4 py-2 text-sm"
        >
          <Icon name="warning" className="size-4 text-warn" />
          {trouble.title}. It is asked again every {secondsBetweenReadings}{" "}
          seconds{samples ? "; what is below is its last answer" : ""}.
        </p>
      )}
      {samples && (
        <>
          <dl className="grid grid-cols-2 gap-4 lg:grid-cols-5">
            <Tile name="Jobs waiting" value={words(queue("waiting"))}>
              {queue("dead_letter") ? `${queue("dead_letter")} given up` : "in the queue"}
            </Tile>
            <Tile name="In flight" value={words(queue("in_flight"))}>taken and not yet ended</Tile>
            <Tile name="Environments" value={words(environments("warm"))}>
              warm; {words(environments("busy"))} busy, {words(environments("starting"))} starting, on {words(hosts)}
              {" "}
              {hosts === 1 ? "host" : "hosts"}
            </Tile>
            <Tile name="Cold starts" value={percent(figure(samples, cold) ?? 0, all)}>
              of {words(all)} jobs in the last hour
            </Tile>
            <Tile name="Failed" value={percent(all - completed, all)}>of them, errors of programs included</Tile>
          </dl>
          {readings.length > 0 && <Depth readings={readings} />}
          <div className="flex flex-wrap items-start gap-4 *:grow *:basis-96">
            <Languages samples={samples} />
            <Reports />
          </div>
        </>
      )}
    </div>
  );
}
