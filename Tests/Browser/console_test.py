"""A real browser looks at the demo's console: every page, light and dark, on a phone and a desk, by keyboard alone and without script.

    python Tests/Browser/console_test.py --heed .build/debug/heed --screenshots .build/screenshots

Ends with 0 if nothing was found, else with 1 and a line for each thing. `make test-web` runs it; `make screenshots` takes pictures for the README.
"""

import argparse
import pathlib
import re
import shutil
import subprocess
import sys
import time
import urllib.request

import axe_playwright_python
from playwright.sync_api import sync_playwright

AXE = (pathlib.Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text()
PAGES = ["/", "/queue", "/explain", "/scorecard", "/policy", "/fleet"]
DESK, PHONE = {"width": 1280, "height": 860}, {"width": 375, "height": 760}
HOSTILE = (
    "<script>document.title='owned'</script><img src=x onerror=\"document.title='owned'\"> "
    "\u202e\u2066evil\u2069 \u05e9\u05dc\u05d5\u05dd My lawyer will call! \"'><svg onload=alert(1)> mail ann@example.com"
)


class Findings:
    """What is wrong, and how much was looked at."""

    def __init__(self):
        self.wrong = []
        self.checks = 0

    def check(self, is_good, words):
        self.checks += 1
        if not is_good:
            self.wrong.append(words)
            print("  x " + words)


def demo(heed, port, pace, policy):
    """The demo with its console; gives the process when every ticket is decided."""
    process = subprocess.Popen(
        [heed, "demo", "--pace", str(pace), "--listen", f"127.0.0.1:{port}", "--policy", str(policy)], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    for line in process.stdout:
        if "The broker stays up" in line:
            return process
    raise SystemExit("the demo ended before its time")


def page_of(context, origin, path, findings):
    page = context.new_page()
    errors = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.on("console", lambda message: errors.append(message.text) if message.type in ("error", "warning") else None)
    started = time.monotonic()
    answer = page.goto(origin + path, wait_until="load")
    elapsed = time.monotonic() - started
    size = len(answer.body())
    findings.check(answer.status == 200, f"{path}: status {answer.status}")
    findings.check(size < 100_000, f"{path}: {size} bytes")
    page.errors, page.elapsed, page.size = errors, elapsed, size
    return page


def accessible(page, words, findings):
    """axe-core finds nothing; its own script is put in through the debugger, which the policy of the page does not hold back."""
    page.evaluate(AXE + "\n;0")
    found = page.evaluate(
        "() => axe.run(document, {runOnly: ['wcag2a','wcag2aa','wcag21a','wcag21aa','wcag22aa','best-practice']})")
    for violation in found["violations"]:
        nodes = "; ".join(node["html"][:160] for node in violation["nodes"][:3])
        findings.check(False, f"{words}: {violation['id']} ({violation['impact']}): {nodes}")
    findings.check(True, words)


def fits(page, words, findings):
    width, window = page.evaluate("() => [document.documentElement.scrollWidth, window.innerWidth]")
    findings.check(width <= window, f"{words}: {width} px wide in a window of {window} px")


def telling_decision(origin):
    """A decision of which there is much to see: a message with marks, and more than one thing that it may want."""
    cases = urllib.request.urlopen(origin + "/queue").read().decode()
    links = re.findall(r'href="(/decision\?id=[^"]+)"', cases)
    def marks(link):
        html = urllib.request.urlopen(origin + link).read().decode()
        return html.count("<mark class") + 3 * html.count('class="band"')
    return max(links, key=marks)


def looks(browser, origin, pages, folder, findings):
    for size_name, size in (("desk", DESK), ("phone", PHONE)):
        for theme in ("light", "dark"):
            context = browser.new_context(viewport=size, color_scheme=theme, reduced_motion="reduce")
            for path in pages:
                name = re.split(r"[/?]", path)[1] or "now"
                page = page_of(context, origin, path, findings)
                page.wait_for_timeout(300)
                words = f"{name}, {theme}, {size_name}"
                accessible(page, words, findings)
                fits(page, words, findings)
                findings.check(not page.errors, f"{words}: {page.errors[:3]}")
                page.screenshot(path=folder / f"{name}-{theme}-{size_name}.png", full_page=size_name == "desk")
                if size_name == "desk" and theme == "light":
                    print(f"  {name}: {page.size} bytes, loaded in {page.elapsed * 1000:.0f} ms")
                page.close()
            context.close()


def explains(browser, origin, folder, findings):
    """A ticket made of script tags and marks of direction does nothing but be explained."""
    for theme, script in (("light", True), ("dark", False)):
        context = browser.new_context(viewport=DESK, color_scheme=theme, java_script_enabled=script)
        page = page_of(context, origin, "/explain", findings)
        page.fill("#body", HOSTILE)
        page.select_option("#why", "billing")
        page.click("button")
        page.wait_for_load_state("load")
        html = page.content()
        findings.check("owned" not in page.title(), "the ticket's script ran")
        findings.check(page.locator("main img, main script, main svg[onload]").count() == 0, "the ticket's markup became ours")
        findings.check("\u202e" not in html and "\u2066" not in html, "marks of direction stand in the page")
        findings.check("ann@example.com" not in html.split('id="outcome"')[1], "an address stands in what is shown")
        findings.check("legal threat" in html, "the hostile ticket was not explained")
        page.fill("#body", "Where is my order?")
        page.fill("#order", "{ this is no JSON")
        page.click("button")
        page.wait_for_load_state("load")
        findings.check(page.locator("[role=alert]").count() == 1, "a wrong order is not told")
        if script:
            accessible(page, "explain with a problem", findings)
            page.goto(origin + "/explain")
            page.click("button")
            page.wait_for_load_state("load")
            accessible(page, "explain with an answer", findings)
            page.screenshot(path=folder / "explained-light-desk.png", full_page=True)
        context.close()


def reveals(browser, origin, decision, findings):
    """A message is shown as it was written to whoever says why, with and without script, and the page says that it was written down."""
    for script in (True, False):
        context = browser.new_context(viewport=PHONE, java_script_enabled=script)
        page = page_of(context, origin, decision, findings)
        page.locator(".reveal summary").click()
        page.select_option("#reason", "quality")
        page.click(".reveal button")
        page.wait_for_load_state("load")
        words = f"reveal, script {script}"
        findings.check("stands in the audit log" in page.inner_text("main"), f"{words}: it is not shown or not said to be written down")
        findings.check(page.locator("blockquote.message").count() == 1, f"{words}: there is no message")
        if script:
            accessible(page, words, findings)
            fits(page, words, findings)
        findings.check(not page.errors, f"{words}: {page.errors[:3]}")
        context.close()


def by_keyboard(browser, origin, findings):
    context = browser.new_context(viewport=DESK)
    page = page_of(context, origin, "/", findings)
    page.keyboard.press("Tab")
    findings.check(page.evaluate("() => document.activeElement.className") == "skip", "the first tab is not the skip link")
    page.keyboard.press("Enter")
    findings.check(page.evaluate("() => document.activeElement.id") == "main", "the skip link leads nowhere")
    page.goto(origin + "/")
    reached, outlines = set(), 0
    for _ in range(60):
        page.keyboard.press("Tab")
        state = page.evaluate(
            "() => { const e = document.activeElement; return [e.getAttribute('href') || e.tagName + e.className, getComputedStyle(e).outlineStyle] }")
        reached.add(state[0])
        outlines += state[1] != "none"
    for path in PAGES:
        findings.check(path in reached, f"{path} is not reached by keyboard")
    findings.check(any(item.startswith("/decision") for item in reached), "no decision is reached by keyboard")
    findings.check("BUTTON" in reached, "updates cannot be paused by keyboard")
    findings.check(outlines >= 55, f"focus is seen on {outlines} of 60 stops")
    page.goto(origin + "/queue")
    summary = page.locator("article summary").first
    summary.focus()
    page.keyboard.press("Enter")
    findings.check(page.locator("article details[open]").count() == 1, "a case does not open by keyboard")
    context.close()


def without_script(browser, origin, pages, findings):
    context = browser.new_context(viewport=DESK, java_script_enabled=False)
    for path in pages:
        page = page_of(context, origin, path, findings)
        findings.check(len(page.inner_text("main")) > 100, f"{path} is empty without script")
        page.close()
    context.close()


def follows(browser, origin, findings):
    """Pages that are live say so, can be paused, and keep what somebody opened."""
    context = browser.new_context(viewport=DESK)
    page = page_of(context, origin, "/queue", findings)
    page.locator("article summary").first.click()
    page.locator("h1").click()
    page.wait_for_timeout(4_000)
    findings.check(page.locator("article details[open]").count() == 1, "an update closed what was open")
    button = page.locator(".live button")
    button.click()
    findings.check(button.inner_text() == "Follow again", "updates are not paused")
    findings.check(not page.errors, f"following: {page.errors[:3]}")
    context.close()


def main():
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--heed", default=".build/debug/heed")
    options.add_argument("--screenshots", default=".build/screenshots", type=pathlib.Path)
    options.add_argument("--pictures", type=pathlib.Path, help="only take the pictures of the README into this folder")
    options.add_argument("--port", default=18080, type=int)
    chosen = options.parse_args()
    chosen.screenshots.mkdir(parents=True, exist_ok=True)
    origin = f"http://127.0.0.1:{chosen.port}"
    findings = Findings()
    # The default policy, and whoever says why may see a message as it was written.
    policy = chosen.screenshots / "policy.yaml"
    shipped = pathlib.Path(__file__).parents[2] / "Deploy/policies/default.yaml"
    policy.write_text(shipped.read_text() + "\nprivacy: {reveal: audited}\n")
    process = demo(chosen.heed, chosen.port, 25 if chosen.pictures else 0, shipped if chosen.pictures else policy)
    try:
        time.sleep(3)
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(
                executable_path=shutil.which("chromium") or shutil.which("chromium-browser"), args=["--no-sandbox", "--disable-gpu"])
            decision = telling_decision(origin)
            if chosen.pictures:
                from pictures import take
                take(browser, origin, decision, chosen.pictures)
            else:
                pages = PAGES + [decision]
                looks(browser, origin, pages, chosen.screenshots, findings)
                explains(browser, origin, chosen.screenshots, findings)
                reveals(browser, origin, decision, findings)
                by_keyboard(browser, origin, findings)
                without_script(browser, origin, pages, findings)
                follows(browser, origin, findings)
            browser.close()
    finally:
        process.kill()
        process.wait()
    if not chosen.pictures:
        print(f"{findings.checks} checks, {len(findings.wrong)} things wrong; screenshots in {chosen.screenshots}")
    sys.exit(1 if findings.wrong else 0)


if __name__ == "__main__":
    main()
