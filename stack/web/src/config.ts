declare global {
  interface Window {
    consoleConfig?: { apiBase?: string };
  }
}

/** The API's address with a slash at its end; beside the page unless config.js says otherwise. */
export const apiBase = new URL((window.consoleConfig?.apiBase || ".").replace(/\/?$/, "/"), document.baseURI).href;

/** Where the editor's files are. */
export const editorBase = new URL(
  document.querySelector<HTMLMetaElement>('meta[name="editor"]')?.content ?? "vs",
  document.baseURI,
).href;
