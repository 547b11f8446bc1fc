import { ReactNode } from "react";
import { LanguageEntry } from "./api";
import { Draft } from "./storage";

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

/** What a program gets besides its source. */
export function Inputs({ draft, entry, edit }: InputsProps) {
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
