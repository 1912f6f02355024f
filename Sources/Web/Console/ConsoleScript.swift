/// The console's only script: follows what happens on pages that are live. Without it everything works, and the page is loaded anew by hand.
enum ConsoleScript {
  static let text = #"""
    "use strict";
    (() => {
      const main = document.querySelector("main[data-live]");
      if (!main || !window.EventSource) return;
      const shown = new Map();
      let paused = false, busy = false, stale = false;

      // What moves by itself can be stopped (WCAG 2.2.2).
      const line = document.createElement("p");
      line.className = "live";
      const button = document.createElement("button");
      button.type = "button";
      button.textContent = "Pause updates";
      const words = document.createElement("span");
      words.textContent = "Follows the fleet, at most once a second.";
      line.append(button, words);
      main.querySelector(".head").append(line);
      button.addEventListener("click", () => {
        paused = !paused;
        button.textContent = paused ? "Follow again" : "Pause updates";
        words.textContent = paused ? "Stands still." : "Follows the fleet, at most once a second.";
        if (!paused && stale) update();
      });

      // A part in which somebody is, by keyboard or by selection, stays as it is until they are elsewhere.
      const isInUse = (part) => {
        const selection = document.getSelection();
        return part.contains(document.activeElement) ||
          (selection && !selection.isCollapsed && part.contains(selection.anchorNode));
      };

      const replace = (part) => {
        const name = part.dataset.part;
        const old = main.querySelector(`[data-part="${CSS.escape(name)}"]`);
        if (!old || shown.get(name) === part.outerHTML || isInUse(old)) return;
        shown.set(name, part.outerHTML);
        const open = [...old.querySelectorAll("details")].map((item) => item.open);
        part.querySelectorAll("details").forEach((item, index) => { item.open = open[index] ?? item.open; });
        old.replaceWith(part);
      };

      const update = async () => {
        if (busy) return;
        busy = true;
        stale = false;
        try {
          const answer = await fetch(location.pathname + location.search, { credentials: "same-origin" });
          if (!answer.ok) return;
          const page = new DOMParser().parseFromString(await answer.text(), "text/html");
          page.querySelectorAll("main [data-part]").forEach((part) => replace(document.importNode(part, true)));
          const lead = main.querySelector(".lead"), now = page.querySelector(".lead");
          if (lead && now && lead.innerHTML !== now.innerHTML) lead.replaceWith(document.importNode(now, true));
        } catch { stale = true; } finally { busy = false; }
      };

      const source = new EventSource("/live");
      source.addEventListener("changed", () => {
        stale = true;
        if (!paused && !document.hidden) update();
      });
      document.addEventListener("visibilitychange", () => { if (!document.hidden && stale && !paused) update(); });
    })();
    """#
}
