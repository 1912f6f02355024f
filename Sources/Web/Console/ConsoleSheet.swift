/// What the console's pages add to the house style.
enum ConsoleSheet {
  static let sheet: Markup = """
    \(HouseStyle.sheet)
    .console{max-width:76rem;padding:0 1.25rem 3rem}
    .top{display:flex;flex-wrap:wrap;align-items:center;gap:.3rem 1.6rem;padding:.9rem 0;border-bottom:1px solid var(--line);margin-bottom:1.6rem}
    .brand{font:600 1.35rem/1 'Iowan Old Style',Georgia,'Noto Serif','DejaVu Serif',serif;color:var(--ink);text-decoration:none;display:inline-flex;gap:.5rem;align-items:center}
    .brand svg{width:1.4rem;height:1.4rem;fill:none;stroke:var(--accent);stroke-width:2.4;stroke-linecap:round}
    .top ul,.tabs ul{list-style:none;display:flex;flex-wrap:wrap;gap:.15rem;margin:0;padding:0}
    .top nav a,.tabs a{display:block;padding:.4rem .75rem;border-radius:.4rem;color:var(--soft);text-decoration:none}
    .top nav a:hover,.tabs a:hover{color:var(--ink);text-decoration:underline}
    .top [aria-current],.tabs [aria-current]{color:var(--ink);font-weight:600;background:var(--tint);box-shadow:inset 0 -2px var(--accent)}
    main:focus{outline:none}.head{margin-bottom:1.4rem}.head h1{font-size:2.1rem;letter-spacing:-.01em}.lead{color:var(--soft);margin:.2rem 0;max-width:46rem}
    .live{display:flex;gap:.8rem;align-items:center;font-size:.85rem;color:var(--soft);margin:.6rem 0 0}
    section{margin:0}section h2{margin:2.4rem 0 .3rem}section h3{margin:1.2rem 0 .4rem}
    .hidden,caption.quiet{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
    .soft{color:var(--soft)}.value small{font-size:.9rem;color:var(--soft)}
    code{font:.86em/1.4 ui-monospace,'SF Mono','DejaVu Sans Mono',monospace;overflow-wrap:anywhere}
    .calm{color:var(--good);margin:0 0 1rem}
    .alerts{background:var(--alarm);border:1px solid var(--line);border-left:.3rem solid var(--bad);border-radius:.5rem;padding:.8rem 1rem;margin-bottom:1.2rem}
    .alerts h2{margin:0;font-size:1.05rem;color:var(--bad)}.alerts .plain{margin:.3rem 0 0}
    .plain{list-style:none;margin:0;padding:0}.plain li{padding:.2rem 0}
    .figures{display:grid;gap:.9rem;grid-template-columns:repeat(12,1fr)}
    .figure{grid-column:span 3;background:var(--card);border:1px solid var(--line);border-radius:.6rem;padding:.9rem 1rem;min-width:0}
    .figure.wide{grid-column:span 6}.figures>.figure:nth-last-child(-n+2):not(.wide){grid-column:span 6}#mixes~.figures>.figure,section[data-part=mixes] .figure{grid-column:span 6}
    .figure h3{margin:0;font:500 .85rem/1.3 system-ui,'Noto Sans',sans-serif;color:var(--soft)}.figure .value{font:600 2rem/1.15 'Iowan Old Style',Georgia,'Noto Serif','DejaVu Serif',serif;margin:.15rem 0 .4rem}
    .figure .legend{margin:.6rem 0 0;gap:.2rem 1rem;font-size:.88rem}
    .stream{width:100%;height:5.5rem;display:block}.split{width:100%;height:.9rem;display:block}.spark{width:100%;height:2.2rem}.spark polyline{fill:none;stroke:var(--accent);stroke-width:2;vector-effect:non-scaling-stroke}
    .share{width:100%;height:.5rem}.f-track{fill:var(--line);opacity:.6}.f-accent{fill:var(--answered)}.f-soft{fill:var(--nothing)}.f-good{fill:var(--good)}.f-warn{fill:var(--asked)}.f-bad{fill:var(--bad)}
    .bars{list-style:none;margin:.5rem 0 0;padding:0;font-size:.92rem}.bars li{display:grid;grid-template-columns:minmax(7rem,11rem) 1fr 3.2rem;gap:.7rem;align-items:center;padding:.14rem 0}
    .bars.wide li{grid-template-columns:minmax(8rem,14rem) 1fr 3.2rem 11rem;max-width:52rem}.band{color:var(--soft);white-space:nowrap}
    .badge{display:inline-block;border:1px solid currentColor;border-radius:1rem;padding:0 .55rem;font-size:.84rem;line-height:1.5;white-space:nowrap}
    .t-answered{color:var(--accent)}.t-asked{color:var(--asked)}.t-handed{color:var(--handed)}.t-nothing,.t-plain{color:var(--soft)}.t-bad{color:var(--bad);font-weight:600}.t-warn{color:var(--warn)}
    .tabs{margin-bottom:1rem}.count{font-size:.82rem;color:var(--soft);font-variant-numeric:tabular-nums}
    .case{background:var(--card);border:1px solid var(--line);border-radius:.6rem;padding:.9rem 1.1rem;margin:0 0 .8rem}.case header{display:flex;justify-content:space-between;gap:.2rem 1.2rem;align-items:baseline}
    .case h3{margin:0;font-size:1.08rem}.case header p{margin:0;flex:none;color:var(--ink);font-size:.92rem}.case details{border:0;padding:.4rem 0 0}summary{color:var(--accent);padding:.15rem 0}
    .pairs{margin:.5rem 0}.pairs div{display:grid;grid-template-columns:11rem 1fr;gap:.1rem 1rem;padding:.38rem 0;border-bottom:1px solid var(--line)}.pairs div:last-child{border:0}
    .pairs dt{margin:0;color:var(--soft);font-weight:500}.pairs dd{color:var(--ink);min-width:0;overflow-wrap:anywhere}
    section.outcome{margin-top:1.2rem}.outcome{background:var(--card);border:1px solid var(--line);border-left:.3rem solid var(--accent);border-radius:.6rem;padding:.6rem 1.1rem}.outcome h2{margin:.3rem 0;display:flex;flex-wrap:wrap;gap:.6rem;align-items:center}.outcome h2 .badge{font-size:1rem;padding:.1rem .8rem}
    blockquote{margin:.4rem 0;padding:.9rem 1.1rem;background:var(--card);border:1px solid var(--line);border-radius:.6rem;white-space:pre-wrap;overflow-wrap:anywhere;max-width:52rem}
    .message{font:1.08rem/1.75 'Iowan Old Style',Georgia,'Noto Serif','DejaVu Serif',serif}.reply{border-left:.3rem solid var(--accent)}dd .reply{margin:0}
    mark{background:none;color:inherit;text-decoration-line:underline;text-decoration-thickness:2px;text-underline-offset:.22em}
    mark.cue{text-decoration-style:dotted;text-decoration-color:var(--asked)}mark.signal{text-decoration-color:var(--bad);font-weight:600}mark.entity{text-decoration:none;border:1px solid var(--accent);border-radius:.25rem;padding:0 .2rem}
    mark small{font:500 .68rem/1 system-ui,sans-serif;color:var(--soft);text-decoration:none;vertical-align:.1em}.blacked{background:var(--ink);color:var(--paper);border-radius:.2rem;padding:0 .35rem;font:500 .8em system-ui,sans-serif}
    .feeling{width:9rem;height:.8rem;vertical-align:-.05rem;margin-right:.5rem}.answer{background:var(--tint);border-radius:.5rem;padding:.6rem 1rem;max-width:52rem}.answer p{margin:.2rem 0}
    .ticks{list-style:none;margin:0;padding:0}.ticks li::before{content:'✓ ';color:var(--good)}.problem{color:var(--bad);background:var(--alarm);border-radius:.5rem;padding:.6rem 1rem;margin:0 0 1rem}
    form.ask{display:grid;grid-template-columns:2fr 1fr;gap:.2rem 1.2rem;background:var(--card);border:1px solid var(--line);border-radius:.6rem;padding:1rem 1.2rem}.ask p{margin:.4rem 0}.ask .wide{grid-column:1/-1}.ask details{border:0}
    form.row{display:flex;flex-wrap:wrap;gap:.6rem;align-items:center;margin:.4rem 0 1rem}label{display:block;font-size:.92rem;margin-bottom:.2rem}.row label{margin:0}
    input,select,textarea,button{font:inherit;color:inherit;background:var(--paper);border:1px solid var(--nothing);border-radius:.4rem;padding:.45rem .6rem;max-width:100%}
    .ask input,.ask textarea,.ask select{width:100%}.code{font:.88rem/1.5 ui-monospace,'DejaVu Sans Mono',monospace}
    button{background:var(--accent);border-color:var(--accent);color:var(--paper);padding:.45rem 1.1rem;cursor:pointer;font-weight:600}.live button{white-space:nowrap;background:none;color:var(--accent);padding:.15rem .7rem;font-weight:500}.send{align-self:end}
    .audited{border:1px solid var(--line);border-left:.3rem solid var(--warn);border-radius:.5rem;padding:.6rem 1rem;max-width:52rem}.reveal{max-width:52rem}
    .pager{display:flex;gap:1.2rem;margin:1rem 0}footer{margin-top:3rem;border-top:1px solid var(--line);color:var(--soft);font-size:.85rem}.report section:first-child h2{margin-top:1rem}
    tbody tr:hover{background:var(--tint)}.scroll{margin-top:.4rem}
    @media(max-width:60rem){.figure,.figure.wide{grid-column:span 12!important}}
    @media(max-width:50rem){.case header{flex-wrap:wrap}.case header p{flex:auto}}
    @media(max-width:40rem){.console{padding:0 .9rem 2rem}.pairs div{grid-template-columns:1fr}.bars li,.bars.wide li{grid-template-columns:8.2rem 1fr 2.8rem}.bars.wide .band{grid-column:1/-1;margin-top:-.3rem}form.ask{grid-template-columns:1fr}.head h1{font-size:1.7rem}.top nav a{padding:.4rem .5rem}th,td{padding:.35rem .4rem}}
    @media(prefers-reduced-motion:no-preference){summary,a,button{transition:color .12s}}
    """
}
