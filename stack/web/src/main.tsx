import { useEffect, useState } from "react";
import { createRoot } from "react-dom/client";
import { apiBase } from "./config";
import { Button, Icon } from "./parts";
import { PlatformPage } from "./PlatformPage";
import { RunPage } from "./RunPage";
import { storedTheme, storeTheme, Theme } from "./storage";

const dark = matchMedia("(prefers-color-scheme: dark)");

function useTheme() {
  const [wish, setWish] = useState(storedTheme);
  const [isSystemDark, setSystemDark] = useState(dark.matches);
  const isDark = wish === "dark" || (wish === "system" && isSystemDark);
  useEffect(() => {
    const changed = () => setSystemDark(dark.matches);
    dark.addEventListener("change", changed);
    return () => dark.removeEventListener("change", changed);
  }, []);
  useEffect(() => {
    document.documentElement.classList.toggle("dark", isDark);
  }, [isDark]);
  const next: Theme = wish === "system" ? (isSystemDark ? "light" : "dark") : wish === "dark" ? "light" : "dark";
  const turn = () => {
    setWish(next);
    storeTheme(next);
  };
  return { isDark, next, turn };
}

function pageOf(hash: string): "run" | "platform" {
  return hash === "#platform" ? "platform" : "run";
}

function usePage() {
  const [page, setPage] = useState(() => pageOf(location.hash));
  useEffect(() => {
    const changed = () => setPage(pageOf(location.hash));
    addEventListener("hashchange", changed);
    return () => removeEventListener("hashchange", changed);
  }, []);
  return page;
}

function Console() {
  const { isDark, next, turn } = useTheme();
  const page = usePage();
  const link = (name: string, to: string) => (
    <a
      href={to}
      aria-current={page === name ? "page" : undefined}
      className="rounded-md px-3 py-1.5 text-sm font-medium text-dim capitalize hover:text-ink aria-[current=page]:bg-well aria-[current=page]:text-ink"
    >
      {name}
    </a>
  );
  useEffect(() => {
    document.title = page === "run" ? "Code console" : "The platform · Code console";
  }, [page]);
  return (
    <>
      <header className="border-b border-line bg-card">
        <div className="mx-auto flex max-w-[100rem] items-center gap-3 px-4 py-2">
          <img src="favicon.svg" alt="" className="size-7" />
          <span className="hidden font-semibold sm:inline">Code console</span>
          <nav aria-label="Pages" className="flex gap-1 sm:ml-4">
            {link("run", "#")}
            {link("platform", "#platform")}
          </nav>
          <span className="ml-auto flex items-center gap-1">
            <a href={`${apiBase}openapi.yaml`} className="rounded-md px-2 py-1.5 text-sm text-dim hover:text-ink">
              API
            </a>
            <Button look="quiet" onClick={turn} aria-label={`Use the ${next} theme`} title={`Use the ${next} theme`}>
              <Icon name={isDark ? "sun" : "moon"} className="size-5" />
            </Button>
          </span>
        </div>
      </header>
      <main className="mx-auto max-w-[100rem] p-4">
        {/* Kept alive, so that a job that is waited for goes on while the other page is looked at. */}
        <div className={page === "run" ? "" : "hidden"}>
          <RunPage isDark={isDark} />
        </div>
        {page === "platform" && <PlatformPage />}
      </main>
    </>
  );
}

createRoot(document.getElementById("root")!).render(<Console />);
