import { ago, duration, partsOf } from "./figures";
import { Button, Card } from "./parts";
import { Run } from "./storage";

interface HistoryProps {
  runs: Run[];
  shown?: Run;
  title: (language: string) => string;
  show: (run: Run) => void;
  forget: () => void;
}

/** The runs of this browser, the newest first. */
export function History({ runs, shown, title, show, forget }: HistoryProps) {
  if (runs.length === 0) return null;
  const now = Date.now();
  const dots: Record<string, string> = {
    completed: "bg-good",
    failed: "bg-bad",
    refused: "bg-warn",
    expired: "bg-warn",
    stopped: "bg-strong",
  };
  return (
    <Card className="order-4 lg:order-none">
      <div className="flex items-center px-4 pt-2">
        <h2 className="text-sm font-semibold">Runs in this browser</h2>
        <Button look="quiet" className="ml-auto" onClick={forget}>Forget all</Button>
      </div>
      <ol className="max-h-72 overflow-auto p-2" tabIndex={0} aria-label="Runs in this browser, newest first">
        {runs.map((run) => {
          const total = partsOf(run.status?.timings).reduce((sum, part) => sum + part.ms, 0);
          const line = run.draft.code.split("\n").find((text) => text.trim() !== "")?.trim().slice(0, 80) ?? "(empty)";
          return (
            <li key={run.id}>
              <button
                type="button"
                onClick={() => show(run)}
                aria-current={shown?.id === run.id}
                className={`flex w-full items-center gap-3 rounded-lg px-2 py-1.5 text-left text-sm hover:bg-well ${
                  shown?.id === run.id ? "bg-well" : ""
                }`}
              >
                <span
                  className={`size-2 shrink-0 rounded-full ${dots[run.state] ?? "animate-pulse bg-accent"}`}
                  aria-hidden="true"
                />
                <span className="w-20 shrink-0 font-medium">{title(run.draft.language)}</span>
                <span className="min-w-0 flex-1 truncate font-mono text-xs text-dim">{line}</span>
                <span className="sr-only">{run.state}</span>
                <span className="shrink-0 font-mono text-xs">{total > 0 ? duration(total) : ""}</span>
                <span className="w-20 shrink-0 text-right text-xs text-dim">{ago(run.startedAt, now)}</span>
              </button>
            </li>
          );
        })}
      </ol>
    </Card>
  );
}
