import { LanguageEntry } from "./api";

interface PickerProps {
  entries: LanguageEntry[];
  chosen: string;
  choose: (language: string) => void;
}

/** One of the platform's languages. */
export function LanguagePicker({ entries, chosen, choose }: PickerProps) {
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
