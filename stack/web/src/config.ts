declare global {
  interface Window {
    consoleConfig?: { apiBase?: string; reports?: boolean };
  }
}

/** The API's address with a slash at its end; beside the page unless config.js says otherwise. */
export const apiBase = new URL((window.consoleConfig?.apiBase || ".").replace(/\/?$/, "/"), document.baseURI).href;

/** Whether the API also serves benchmark reports. */
export const hasReports = window.consoleConfig?.reports === true;

/** Where the editor's files are. */
export const editorBase = new URL(
  document.querySelector<HTMLMetaElement>('meta[name="editor"]')?.content ?? "vs",
  document.baseURI,
).href;
