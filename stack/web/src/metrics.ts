/** One line of the text that Prometheus reads. */
export interface Sample {
  name: string;
  labels: Record<string, string>;
  value: number;
}

const line = /^([a-zA-Z_:][\w:]*)(?:\{([^}]*)\})? ([^ ]+)/;

/** The samples of a text in the exposition format 0.0.4; lines that are none are left out. */
export function parse(text: string): Sample[] {
  return text.split("\n").flatMap((row) => {
    const found = line.exec(row);
    if (!found) return [];
    const labels = Object.fromEntries(
      [...(found[2] ?? "").matchAll(/(\w+)="([^"]*)"/g)].map((label) => [label[1], label[2]]),
    );
    return [{ name: found[1], labels, value: Number(found[3]) }];
  });
}

/** The sum of all samples with a name and these labels; nothing where there is none. */
export function figure(samples: Sample[], name: string, labels: Record<string, string> = {}): number | undefined {
  const found = samples.filter((sample) =>
    sample.name === name && Object.entries(labels).every(([key, value]) => sample.labels[key] === value)
  );
  return found.length > 0 ? found.reduce((sum, sample) => sum + sample.value, 0) : undefined;
}

/** The values that a label takes. */
export function labelValues(samples: Sample[], name: string, label: string): string[] {
  return [...new Set(samples.filter((sample) => sample.name === name).map((sample) => sample.labels[label]))];
}
