import { ButtonHTMLAttributes, ReactNode } from "react";

const shapes = {
  play: <path d="M7 5l12 7-12 7z" fill="currentColor" stroke="none" />,
  stop: <rect x="6" y="6" width="12" height="12" rx="2" fill="currentColor" stroke="none" />,
  link: <path d="M10 14a4 4 0 006 .5l3-3a4 4 0 00-5.7-5.7L12 7m2 3a4 4 0 00-6-.5l-3 3a4 4 0 005.7 5.7L12 17" />,
  copy: <path d="M9 9h10v11H9zM15 9V4H5v11h4" />,
  check: <path d="M5 13l4.5 4.5L19 7.5" />,
  cross: <path d="M6 6l12 12M18 6L6 18" />,
  retry: <path d="M20 11a8 8 0 10-2.3 6.3M20 4v7h-7" />,
  down: <path d="M12 4v11m-5-4.5l5 5 5-5M5 20h14" />,
  snow: <path d="M12 3v18M4.2 7.5l15.6 9M19.8 7.5l-15.6 9M9.5 4.5L12 7l2.5-2.5M9.5 19.5L12 17l2.5 2.5" />,
  sun: (
    <path d="M12 8a4 4 0 100 8 4 4 0 000-8zM12 2v2m0 16v2M2 12h2m16 0h2M5 5l1.4 1.400m11.2 11.200L19 19M19 5l-1.4 1.400M6.4 17.600L5 19" />
  ),
  moon: <path d="M20 14.5A8.5 8.5 0 019.5 4 8.5 8.5 0 1020 14.5z" />,
  half: (
    <>
      <circle cx="12" cy="12" r="8.5" />
      <path d="M12 3.5a8.5 8.5 0 010 17z" fill="currentColor" />
    </>
  ),
  bolt: <path d="M13 3L5 14h6l-1 7 8-11h-6z" fill="currentColor" stroke="none" />,
  clock: <path d="M12 7v5l3.5 2M12 3a9 9 0 100 18 9 9 0 000-18z" />,
  warning: <path d="M12 4L2.5 20h19zM12 10v4.5m0 2.5v.2" />,
};

export function Icon({ name, className = "size-4" }: { name: keyof typeof shapes; className?: string }) {
  return (
    <svg
      viewBox="0 0 24 24"
      className={className}
      fill="none"
      stroke="currentColor"
      strokeWidth="2"
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
    >
      {shapes[name]}
    </svg>
  );
}

const looks = {
  main: "bg-accent text-on-accent hover:brightness-110 disabled:opacity-60 px-4 font-semibold",
  plain: "border border-line bg-card hover:border-strong px-3",
  quiet: "text-dim hover:text-ink hover:bg-well px-2",
};

interface ButtonProps extends ButtonHTMLAttributes<HTMLButtonElement> {
  look?: keyof typeof looks;
}

export function Button({ look = "plain", className = "", ...others }: ButtonProps) {
  return (
    <button
      type="button"
      className={`inline-flex min-h-9 items-center justify-center gap-2 rounded-lg text-sm transition ${
        looks[look]
      } ${className}`}
      {...others}
    />
  );
}

export function Card({ children, className = "" }: { children: ReactNode; className?: string }) {
  return <div className={`min-w-0 rounded-xl border border-line bg-card shadow-xs ${className}`}>{children}</div>;
}

/** A few words in a colour of their meaning; the words alone say it too. */
export function Badge({ tone, children }: { tone: "good" | "bad" | "warn" | "cold" | "dim"; children: ReactNode }) {
  const tones = {
    good: "text-good border-good/40 bg-good/10",
    bad: "text-bad border-bad/40 bg-bad/10",
    warn: "text-warn border-warn/40 bg-warn/10",
    cold: "text-cold border-cold/40 bg-cold/10",
    dim: "text-dim border-line bg-well",
  };
  return (
    <span
      className={`inline-flex items-center gap-1 rounded-full border px-2 py-0.5 text-xs font-medium whitespace-nowrap ${
        tones[tone]
      }`}
    >
      {children}
    </span>
  );
}
