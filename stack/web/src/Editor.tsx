import { useEffect, useRef, useState } from "react";
import { editorBase } from "./config";

interface EditorProps {
  language: string;
  value: string;
  isDark: boolean;
  onChange: (value: string) => void;
  onRun: () => void;
}

/** The editor's own language definitions, by the platform's names of languages. */
const grammars: Record<string, string> = { python: "python", javascript: "javascript", java: "java", cpp: "cpp" };
const secondsToLoad = 20;

declare const window: Window & { require?: any; monaco?: any };

function script(address: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const element = document.createElement("script");
    element.src = address;
    element.onload = () => resolve();
    element.onerror = () => reject(new Error(`${address} cannot be loaded`));
    document.head.append(element);
  });
}

function modules(names: string[]): Promise<any[]> {
  return new Promise((resolve, reject) => window.require(names, (...found: any[]) => resolve(found), reject));
}

async function load(): Promise<any> {
  await script(`${editorBase}/loader.js`);
  window.require.config({ paths: { vs: editorBase } });
  await modules(["vs/editor/editor.main"]);
  const monaco = window.monaco;
  const colors = (background: string, line: string, gutter: string) => ({
    "editor.background": background,
    "editorGutter.background": background,
    "editor.lineHighlightBackground": line,
    "editor.lineHighlightBorder": "#00000000",
    "editorLineNumber.foreground": gutter,
  });
  const rules = (comment: string, keyword: string, text: string, number: string, type: string) => [
    { token: "comment", foreground: comment, fontStyle: "italic" },
    { token: "keyword", foreground: keyword },
    { token: "string", foreground: text },
    { token: "number", foreground: number },
    { token: "type", foreground: type },
    { token: "annotation", foreground: type },
  ];
  monaco.editor.defineTheme("console-light", {
    base: "vs",
    inherit: true,
    rules: rules("66727f", "0a5fa8", "00694f", "a3470b", "86408f"),
    colors: colors("#ffffff", "#f5f7f9", "#66727f"),
  });
  monaco.editor.defineTheme("console-dark", {
    base: "vs-dark",
    inherit: true,
    rules: rules("8693a1", "7fb4f5", "5fd7ae", "f0a35e", "d9a4e6"),
    colors: colors("#151a21", "#1b222b", "#8693a1"),
  });
  return monaco;
}

let loading: Promise<any> | undefined;

/** The editor, loaded once; fails where its files cannot be had in time. */
function editor(): Promise<any> {
  const tooLate = new Promise((_, reject) => setTimeout(() => reject(new Error("too late")), secondsToLoad * 1_000));
  loading ??= Promise.race([load(), tooLate]);
  return loading;
}

const known = new Set<string>();

/** Colours without the editor's language services, which would be another 5 MB; plain text for other languages. */
async function modeOf(monaco: any, language: string): Promise<string> {
  const grammar = grammars[language];
  if (!grammar) return "plaintext";
  const id = `console-${grammar}`;
  if (known.has(id)) return id;
  known.add(id);
  const [module] = await modules([`vs/basic-languages/${grammar}/${grammar}`]);
  monaco.languages.register({ id });
  monaco.languages.setMonarchTokensProvider(id, module.language);
  monaco.languages.setLanguageConfiguration(id, module.conf);
  return id;
}

/** Where programs are written: Monaco, and a plain text area until it is there or where it cannot be had. */
export function Editor({ language, value, isDark, onChange, onRun }: EditorProps) {
  const place = useRef<HTMLDivElement>(null);
  const plain = useRef<HTMLTextAreaElement>(null);
  const instance = useRef<any>();
  const written = useRef(language);
  const latest = useRef({ onChange, onRun, value });
  const [state, setState] = useState<"loading" | "ready" | "absent">("loading");
  latest.current = { onChange, onRun, value };

  useEffect(() => {
    let isGone = false;
    editor().then((monaco) => {
      if (isGone || !place.current) return;
      const hadFocus = document.activeElement === plain.current;
      const made = monaco.editor.create(place.current, {
        value: latest.current.value,
        language: "plaintext",
        theme: document.documentElement.classList.contains("dark") ? "console-dark" : "console-light",
        ariaLabel: "Program. Press Control+M to make Tab leave the editor.",
        automaticLayout: true,
        minimap: { enabled: false },
        scrollBeyondLastLine: false,
        fontSize: 13.5,
        lineHeight: 21,
        fontFamily: "ui-monospace, 'SF Mono', 'Cascadia Code', Menlo, Consolas, 'DejaVu Sans Mono', monospace",
        padding: { top: 12, bottom: 12 },
        quickSuggestions: false,
        lineNumbersMinChars: 3,
        folding: false,
        overviewRulerLanes: 0,
        unicodeHighlight: { ambiguousCharacters: true },
        scrollbar: { alwaysConsumeMouseWheel: false },
      });
      made.onDidChangeModelContent(() => latest.current.onChange(made.getValue()));
      made.addCommand(monaco.KeyMod.CtrlCmd | monaco.KeyCode.Enter, () => latest.current.onRun());
      instance.current = made;
      setState("ready");
      if (hadFocus) made.focus();
    }).catch(() => !isGone && setState("absent"));
    return () => {
      isGone = true;
      instance.current?.dispose();
      instance.current = undefined;
    };
  }, []);

  useEffect(() => {
    const made = instance.current;
    const isSame = language === written.current;
    written.current = language;
    if (!made || made.getValue() === value) return;
    // Another program in the same language can be undone; what belongs to another language cannot.
    if (!isSame) return made.setValue(value);
    made.pushUndoStop();
    made.executeEdits("console", [{ range: made.getModel().getFullModelRange(), text: value }]);
    made.pushUndoStop();
  }, [language, value, state]);

  useEffect(() => {
    if (state !== "ready") return;
    const monaco = window.monaco;
    modeOf(monaco, language)
      .then((mode) => instance.current && monaco.editor.setModelLanguage(instance.current.getModel(), mode))
      .catch(() => undefined);
  }, [language, state]);

  useEffect(() => {
    if (state === "ready") window.monaco.editor.setTheme(isDark ? "console-dark" : "console-light");
  }, [isDark, state]);

  return (
    <div className="relative h-full min-h-72" data-editor={state}>
      <div ref={place} className={`absolute inset-0 ${state === "ready" ? "" : "invisible"}`} />
      {state !== "ready" && (
        <textarea
          ref={plain}
          aria-label="Program"
          value={value}
          onChange={(event) => onChange(event.target.value)}
          spellCheck={false}
          autoCapitalize="off"
          autoCorrect="off"
          className="absolute inset-0 size-full resize-none bg-card p-3 font-mono text-[13.5px] leading-[21px] outline-offset-[-2px]"
        />
      )}
      {state === "absent" && (
        <p className="absolute right-2 bottom-2 rounded-md border border-line bg-well px-2 py-1 text-xs text-dim">
          Plain editor: the full one could not be loaded.
        </p>
      )}
    </div>
  );
}
