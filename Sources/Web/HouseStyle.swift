/// How Heed's pages look: one sheet for the report and the console, in light and dark. Text has a contrast of 4.5 to its ground and what is
/// drawn one of 3 (WCAG 2.2 AA); no colour is the only sign of anything.
enum HouseStyle {
  static let sheet: Markup = """
    :root{color-scheme:light dark;--ink:#1c2024;--soft:#5b6470;--paper:#fbfaf7;--card:#fff;--line:#d9d5cc;--accent:#1f5fa8;--good:#1a6b3c;--bad:#a3261d;\
    --warn:#7a5300;--tint:#eef3fa;--alarm:#fbecea;--answered:#2f6fb3;--asked:#8a6d1f;--handed:#7a4b94;--nothing:#737c86}
    @media (prefers-color-scheme:dark){:root{--ink:#e8e6e1;--soft:#a9b0b8;--paper:#15181b;--card:#1d2125;--line:#3a4047;--accent:#8ab8ec;--good:#7fd0a0;--bad:#f09a90;\
    --warn:#e0bd6a;--tint:#1f2a36;--alarm:#33211f;--answered:#6ea8e6;--asked:#d8b65a;--handed:#c59be0;--nothing:#8a939c}}
    *{box-sizing:border-box}
    body{margin:0 auto;padding:1.5rem 1rem 4rem;max-width:60rem;background:var(--paper);color:var(--ink);font:1rem/1.55 system-ui,-apple-system,'Segoe UI','Noto Sans',sans-serif}
    h1,h2,h3{font-family:'Iowan Old Style',Georgia,'Source Serif 4','Noto Serif','DejaVu Serif','Times New Roman',serif;line-height:1.2;font-weight:600}
    h1{font-size:2rem;margin:0 0 .3rem}h2{margin:3rem 0 .2rem;font-size:1.4rem}h3{margin:0;font-size:1rem}
    header p,section>p{color:var(--soft);margin:.2rem 0 1rem}
    .skip{position:absolute;left:-99rem}.skip:focus{position:static}
    .cards{list-style:none;margin:0;padding:0;display:grid;gap:.8rem;grid-template-columns:repeat(auto-fill,minmax(13.5rem,1fr))}
    .cards li{background:var(--card);border:1px solid var(--line);border-radius:.5rem;padding:.9rem}
    .value{font-size:1.7rem;margin:.2rem 0;font-variant-numeric:tabular-nums}
    .note{color:var(--soft);font-size:.85rem;margin:.2rem 0}.change{font-size:.85rem;margin:.2rem 0}
    .good{color:var(--good)}.bad{color:var(--bad)}.change.good::before{content:'▲ '}.change.bad::before{content:'▼ '}
    .cards svg{width:100%;height:.75rem}.axis{stroke:var(--line);stroke-width:1}.reach{stroke:var(--accent);stroke-width:3;opacity:.5}.dot{fill:var(--accent)}
    .days{width:100%;height:auto}.answered{fill:var(--answered);background:var(--answered)}.asked{fill:var(--asked);background:var(--asked)}
    .handed{fill:var(--handed);background:var(--handed)}.nothing{fill:var(--nothing);background:var(--nothing)}
    .legend{list-style:none;display:flex;flex-wrap:wrap;gap:.4rem 1.2rem;padding:0;margin:.3rem 0 1rem;font-size:.9rem}
    .key{display:inline-block;width:.8rem;height:.8rem;border-radius:.2rem;margin-right:.4rem;vertical-align:-.05rem}
    .scroll{overflow-x:auto;margin:0 0 1.2rem}table{border-collapse:collapse;width:100%;font-size:.92rem}
    caption{text-align:left;font-weight:600;padding:.4rem 0}th,td{padding:.35rem .6rem;border-bottom:1px solid var(--line);text-align:left;vertical-align:top}
    th[scope=row]{font-weight:400}.n{text-align:right;font-variant-numeric:tabular-nums}thead th{color:var(--soft);font-weight:500}
    details{border-bottom:1px solid var(--line);padding:.4rem 0}summary{cursor:pointer}dt{font-weight:600;margin-top:.6rem}dd{margin:0;color:var(--soft)}
    .none{color:var(--soft)}a{color:var(--accent)}:focus-visible{outline:3px solid var(--accent);outline-offset:2px}
    @media print{body{background:#fff}}
    """
}
