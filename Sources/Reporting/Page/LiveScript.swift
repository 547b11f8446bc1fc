/// The script of a page whose run goes on: takes over what the server sends and leaves open what the reader opened.
enum LiveScript {
  /// `sha256-` and the digest of `text` in base 64.
  static let hash = "sha256-KVkchegBbtQyjyIBVxDvfmfcYEZZDmPHgdf2KwqHloM="

  static let text = """
    (() => {
    const events = new EventSource("/events"), main = document.querySelector("main");
    const name = (part) => `${part.closest("[id]")?.id} ${part.querySelector("summary")?.textContent}`;
    events.addEventListener("now", (event) => { document.getElementById("now").textContent = event.data; });
    events.addEventListener("page", (event) => {
      const open = new Set([...main.querySelectorAll("details[open]")].map(name));
      main.innerHTML = event.data;
      main.querySelectorAll("details").forEach((part) => { if (open.has(name(part))) part.open = true; });
      document.dispatchEvent(new Event("drawn"));
    });
    events.addEventListener("end", () => { events.close(); location.replace("/"); });
    })();
    """
}
