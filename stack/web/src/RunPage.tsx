import { ReactNode, useCallback, useEffect, useMemo, useRef, useState } from "react";
import { APIError, LanguageEntry, languages as askLanguages } from "./api";
import { Editor } from "./Editor";
import { ago, duration, partsOf, size } from "./figures";
import { Button, Card, Icon } from "./parts";
import { Result } from "./Result";
import { isOver, useRuns } from "./runs";
import { sample, standardLanguages } from "./samples";
import { linkedDraft, linkTo } from "./share";
import { Draft, Run, storedDrafts, storeDrafts } from "./storage";

const secondsBetweenTries = 5;

function fresh(language: string): Draft {
  return { language, code: sample(language), stdin: "", args: "", wallTimeMs: "", memoryMB: "" };
}

/** The languages of the platform; asked for until it answers. */
function useLanguages() {
  const [entries, setEntries] = useState(standardLanguages);
  const [isAbsent, setAbsent] = useState(false);
  useEffect(() => {
    const controller = new AbortController();
    let timer: number | undefined;
    const ask = async () => {
      try {
        const found = await askLanguages(controller.signal);
        if (found.length > 0) setEntries(found);
        setAbsent(false);
      } catch (error) {
        if (!(error instanceof APIError)) return;
        setAbsent(true);
        timer = window.setTimeout(ask, secondsBetweenTries * 1_000);
      }
    };
    ask();
    return () => {
      controller.abort();
      clearTimeout(timer);
    };
  }, []);
  return { entries, isAbsent };
}

/** What is in the form, one draft for each language, kept over reloads. */
function useDrafts() {
  const [state, setState] = useState(() => {
    const stored = storedDrafts();
    const language = stored.language ?? "python";
    return { language, drafts: { [language]: fresh(language), ...stored.drafts } as Record<string, Draft> };
  });
  useEffect(() => {
    const timer = setTimeout(() => storeDrafts(state.language, state.drafts), 250);
    const now = () => storeDrafts(state.language, state.drafts);
    addEventListener("pagehide", now);
    return () => {
      clearTimeout(timer);
      removeEventListener("pagehide", now);
    };
  }, [state]);
  const open = useCallback((draft: Draft) => {
    setState((old) => ({ language: draft.language, drafts: { ...old.drafts, [draft.language]: draft } }));
  }, []);
  const choose = useCallback((language: string) => {
    setState((old) => ({ language, drafts: { ...old.drafts, [language]: old.drafts[language] ?? fresh(language) } }));
  }, []);
  const edit = useCallback((part: Partial<Draft>) => {
    setState((old) => ({
      ...old,
      drafts: { ...old.drafts, [old.language]: { ...old.drafts[old.language], ...part } },
    }));
  }, []);
  return { draft: state.drafts[state.language], open, choose, edit };
}

interface PickerProps {
  entries: LanguageEntry[];
  chosen: string;
  choose: (language: string) => void;
}

function LanguagePicker({ entries, chosen, choose }: PickerProps) {
  return (
    <fieldset className="flex flex-wrap gap-1 rounded-lg bg-well p-1">
      <legend className="sr-only">Language</legend>
      {entries.map((entry) => (
        <label
          key={entry.name}
          title={entry.problem ?? [...(entry.versions?.compiler ?? []), ...(entry.versions?.runtime ?? [])].join(", ")}
          className={`cursor-pointer rounded-md px-3 py-1 text-sm has-focus-visible:outline-2 has-focus-visible:outline-accent ${
            chosen === entry.name
              ? "bg-card font-semibold text-ink shadow-xs ring-1 ring-line"
              : "text-dim hover:text-ink"
          }`}
        >
          <input
            type="radio"
            name="language"
            value={entry.name}
            checked={chosen === entry.name}
            onChange={() => choose(entry.name)}
            className="sr-only"
          />
          {entry.title}
        </label>
      ))}
    </fieldset>
  );
}

function Field({ label, hint, children }: { label: string; hint?: string; children: (id: string) => ReactNode }) {
  const id = `field-${label.toLowerCase().replace(/[^a-z]+/g, "-")}`;
  return (
    <div className="min-w-0">
      <label htmlFor={id} className="text-sm font-medium">{label}</label>
      {hint && <span className="ml-2 text-xs text-dim">{hint}</span>}
      {children(id)}
    </div>
  );
}

const input =
  "mt-1 block w-full rounded-lg border border-line bg-well px-3 py-2 font-mono text-[13px] placeholder:text-dim";

interface InputsProps {
  draft: Draft;
  entry?: LanguageEntry;
  edit: (part: Partial<Draft>) => void;
}

function Inputs({ draft, entry, edit }: InputsProps) {
  const limit = (name: "wallTimeMs" | "memoryMB", unit: string) => {
    const range = entry?.limits?.[name];
    return {
      hint: range ? `${range.minimum} to ${range.maximum} ${unit}` : unit,
      placeholder: range ? `${range.default} unless said` : "the platform's own",
      min: range?.minimum,
      max: range?.maximum,
    };
  };
  const [time, memory] = [limit("wallTimeMs", "ms"), limit("memoryMB", "MB")];
  return (
    <div className="grid gap-4 p-4 sm:grid-cols-2">
      <Field label="Standard input">
        {(id) => (
          <textarea
            id={id}
            rows={4}
            className={input}
            value={draft.stdin}
            spellCheck={false}
            onChange={(event) => edit({ stdin: event.target.value })}
          />
        )}
      </Field>
      <Field label="Arguments" hint="one a line">
        {(id) => (
          <textarea
            id={id}
            rows={4}
            className={input}
            value={draft.args}
            spellCheck={false}
            onChange={(event) => edit({ args: event.target.value })}
          />
        )}
      </Field>
      <Field label="Time limit" hint={time.hint}>
        {(id) => (
          <input
            id={id}
            type="number"
            inputMode="numeric"
            className={input}
            value={draft.wallTimeMs}
            placeholder={time.placeholder}
            min={time.min}
            max={time.max}
            onChange={(event) => edit({ wallTimeMs: event.target.value })}
          />
        )}
      </Field>
      <Field label="Memory limit" hint={memory.hint}>
        {(id) => (
          <input
            id={id}
            type="number"
            inputMode="numeric"
            className={input}
            value={draft.memoryMB}
            placeholder={memory.placeholder}
            min={memory.min}
            max={memory.max}
            onChange={(event) => edit({ memoryMB: event.target.value })}
          />
        )}
      </Field>
    </div>
  );
}

interface HistoryProps {
  runs: Run[];
  shown?: Run;
  title: (language: string) => string;
  show: (run: Run) => void;
  forget: () => void;
}

function History({ runs, shown, title, show, forget }: HistoryProps) {
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

function ShareButton({ draft }: { draft: Draft }) {
  const [word, setWord] = useState("");
  const share = async () => {
    try {
      const link = await linkTo(draft);
      history.replaceState(null, "", link);
      await navigator.clipboard.writeText(link).then(
        () => setWord("Link copied"),
        () => setWord("Link is in the address bar"),
      );
    } catch (error) {
      setWord(error instanceof Error && error.message ? error.message : "No link can be made here");
    }
    setTimeout(() => setWord(""), 4_000);
  };
  return (
    <Button onClick={share} title="Copy a link that carries this program">
      <Icon name="link" />
      <span aria-live="polite">{word || "Link"}</span>
    </Button>
  );
}

/** Write a program, run it, see what came of it. */
export function RunPage({ isDark }: { isDark: boolean }) {
  const { entries, isAbsent } = useLanguages();
  const { draft, open, choose, edit } = useDrafts();
  const { runs, shown, show, start, resume, stop, forget, pause } = useRuns();
  const [linkTrouble, setLinkTrouble] = useState("");
  const isBusy = runs.some((run) => !isOver(run));
  const result = useRef<HTMLHeadingElement>(null);
  const entry = entries.find((one) => one.name === draft.language);
  const bytes = useMemo(() => new TextEncoder().encode(draft.code).length, [draft.code]);

  useEffect(() => {
    const take = () =>
      linkedDraft().then((linked) => linked && open(linked)).catch(() =>
        setLinkTrouble("The program in the link cannot be read; it may have been cut.")
      );
    take();
    addEventListener("hashchange", take);
    return () => removeEventListener("hashchange", take);
  }, []);

  const run = useCallback(() => {
    if (isBusy) return;
    start(draft);
    if (matchMedia("(max-width: 1023px)").matches) result.current?.scrollIntoView({ block: "start" });
  }, [draft, isBusy, start]);

  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey) || event.defaultPrevented) return;
      event.preventDefault();
      run();
    };
    addEventListener("keydown", onKey);
    return () => removeEventListener("keydown", onKey);
  }, [run]);

  const isOther = shown !== undefined && JSON.stringify(shown.draft) !== JSON.stringify(draft);
  const title = (language: string) => entries.find((one) => one.name === language)?.title ?? language;
  return (
    <div className="grid gap-4 lg:grid-cols-[minmax(0,1.15fr)_minmax(0,1fr)]">
      <h1 className="sr-only">Write and run a program</h1>
      <div className="contents min-w-0 content-start gap-4 lg:grid">
        <Card className="order-1 overflow-hidden lg:order-none">
          <div className="flex flex-wrap items-center gap-2 border-b border-line p-2">
            <LanguagePicker entries={entries} chosen={draft.language} choose={choose} />
            <span className="ml-auto flex gap-2">
              <Button
                look="quiet"
                onClick={() => edit({ code: sample(draft.language) })}
                disabled={draft.code === sample(draft.language)}
              >
                Sample
              </Button>
              <ShareButton draft={draft} />
              <Button
                look="main"
                onClick={run}
                disabled={isBusy}
                aria-keyshortcuts="Control+Enter"
                title="Control+Enter"
              >
                <Icon name="play" />Run
              </Button>
            </span>
          </div>
          {(isAbsent || entry?.problem || linkTrouble) && (
            <p role="alert" className="border-b border-line bg-warn/10 px-4 py-2 text-sm">
              {linkTrouble || entry?.problem || "The API cannot be reached. What you write is kept in this browser."}
            </p>
          )}
          <div className="h-[46vh] min-h-72 lg:h-[54vh]">
            <Editor
              language={draft.language}
              value={draft.code}
              isDark={isDark}
              onChange={(code) => edit({ code })}
              onRun={run}
            />
          </div>
          <div className="flex flex-wrap gap-x-4 border-t border-line px-4 py-1.5 text-xs text-dim">
            <span>{size(bytes)}</span>
            <span className="hidden sm:inline">
              <kbd className="font-sans">Ctrl+Enter</kbd> runs, <kbd className="font-sans">Ctrl+M</kbd>{" "}
              lets Tab leave the editor
            </span>
            {entry?.versions && (
              <span className="ml-auto">
                {[...entry.versions.compiler, ...entry.versions.runtime].slice(0, 2).map((version) =>
                  `${title(draft.language)} ${version}`
                )[0]}
              </span>
            )}
          </div>
        </Card>
        <Card className="order-3 lg:order-none">
          <h2 className="px-4 pt-3 text-sm font-semibold">Input and limits</h2>
          <Inputs draft={draft} entry={entry} edit={edit} />
        </Card>
      </div>
      <div className="contents min-w-0 content-start gap-4 lg:grid">
        <Card className="order-2 overflow-hidden lg:order-none">
          <h2 ref={result} className="sr-only scroll-mt-8">Result</h2>
          <Result run={shown} pause={pause} resume={resume} stop={stop} open={isOther ? open : undefined} />
        </Card>
        <History
          runs={runs}
          shown={shown}
          title={title}
          forget={forget}
          show={(one) => show(one.id)}
        />
      </div>
    </div>
  );
}
