// Runs before the first paint, so that a page in the dark never flashes.
const wish = (() => {
  try {
    return localStorage.getItem("console.theme");
  } catch {
    return null;
  }
})();
const isDark = wish === "dark" || (wish !== "light" && matchMedia("(prefers-color-scheme: dark)").matches);
document.documentElement.classList.toggle("dark", isDark);

export {};
