/// The page's only script: it shows, beside the pointer, the row of the table behind a chart that lies under it.
///
/// Nothing is known to the script that is not on the page: without it every figure is still in the pictures and their tables.
/// It listens on the document, so that charts which a live page replaces are read like the first ones.
enum ReportScript {
  /// What the page's content policy allows to run, and nothing else: `sha256-` and the digest of `text` in base 64.
  static let hash = "sha256-WfSvndDUT28Y1hRfW3ev84UPEdkOaVEd3fPga2nKw7c="

  static let text = """
    (() => {
    const chosen = "svg[data-across],svg[data-down]";
    let box, line, at;
    const hide = () => { line?.remove(); if (box) box.hidden = true; at = undefined; };
    const make = (svg) => {
      const across = svg.dataset.across !== undefined;
      return { across, places: (across ? svg.dataset.across : svg.dataset.down).split(" ").map(Number),
        extent: svg.dataset.extent.split(" ").map(Number), table: svg.closest("figure").querySelector("table") };
    };
    const show = (svg, chart, index) => {
      const row = chart.table?.tBodies[0].rows[index];
      if (!row) return hide();
      if (!box) {
        box = document.body.appendChild(document.createElement("div"));
        box.className = "readout";
        box.setAttribute("role", "status");
      }
      const heads = [...chart.table.tHead.rows[0].cells];
      box.replaceChildren(...[...row.cells].map((cell, column) => {
        const part = document.createElement(column ? "div" : "strong");
        if (column) part.append(heads[column].textContent + ": ");
        const value = part.appendChild(document.createElement("span"));
        value.textContent = [...cell.childNodes].map((node) => node.textContent).join(" ");
        return part;
      }));
      box.hidden = false;
      const area = svg.getBoundingClientRect(), scale = area.width / svg.viewBox.baseVal.width;
      const place = chart.places[index], [from, to] = chart.extent;
      line?.remove();
      line = svg.appendChild(document.createElementNS("http://www.w3.org/2000/svg", "path"));
      line.setAttribute("class", "cursor");
      line.setAttribute("d", chart.across ? `M${place} ${from}V${to}` : `M${from} ${place}H${to}`);
      const left = area.left + (chart.across ? place : (from + to) / 2) * scale + 14;
      const top = area.top + (chart.across ? from : place + 14) * scale;
      const flipped = left + box.offsetWidth > document.documentElement.clientWidth - 8;
      const x = flipped && chart.across ? left - box.offsetWidth - 28 : left;
      const most = document.documentElement.clientWidth - box.offsetWidth - 8;
      box.style.left = `${Math.max(8, Math.min(x, most)) + scrollX}px`;
      box.style.top = `${top + scrollY}px`;
      at = { svg, index };
    };
    const nearest = (places, wanted) => places.reduce(
      (best, place, index) => Math.abs(place - wanted) < Math.abs(places[best] - wanted) ? index : best, 0);
    document.addEventListener("pointermove", (event) => {
      const svg = event.target.closest?.(chosen);
      if (!svg) return at && hide();
      const chart = make(svg), area = svg.getBoundingClientRect(), scale = area.width / svg.viewBox.baseVal.width;
      const wanted = (chart.across ? event.clientX - area.left : event.clientY - area.top) / scale;
      show(svg, chart, nearest(chart.places, wanted));
    });
    const keys = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 };
    document.addEventListener("keydown", (event) => {
      const svg = event.target.closest?.(chosen);
      if (!svg) return;
      if (event.key === "Escape") return hide();
      if (!(event.key in keys)) return;
      event.preventDefault();
      const chart = make(svg), last = chart.places.length - 1;
      const start = at?.svg === svg ? at.index + keys[event.key] : 0;
      show(svg, chart, Math.max(0, Math.min(last, start)));
    });
    document.addEventListener("focusout", hide);
    const arm = () => document.querySelectorAll(chosen).forEach((svg) => svg.setAttribute("tabindex", "0"));
    document.addEventListener("drawn", () => { hide(); arm(); });
    arm();
    })();
    """
}
