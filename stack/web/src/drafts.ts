import { useCallback, useEffect, useState } from "react";
import { APIError, languages as askLanguages } from "./api";
import { sample, standardLanguages } from "./samples";
import { Draft, storedDrafts, storeDrafts } from "./storage";

const secondsBetweenTries = 5;

function fresh(language: string): Draft {
  return { language, code: sample(language), stdin: "", args: "", wallTimeMs: "", memoryMB: "" };
}

/** The languages of the platform; asked for until it answers. */
export function useLanguages() {
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
export function useDrafts() {
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
