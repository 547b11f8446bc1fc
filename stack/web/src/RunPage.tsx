import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import { useDrafts, useLanguages } from "./drafts";
import { Editor } from "./Editor";
import { size } from "./figures";
import { History } from "./History";
import { Inputs } from "./Inputs";
import { LanguagePicker } from "./LanguagePicker";
import { Button, Card, Icon } from "./parts";
import { Result } from "./Result";
import { isOver, useRuns } from "./runs";
import { sample } from "./samples";
import { ShareButton } from "./ShareButton";
import { linkedDraft } from "./share";

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
