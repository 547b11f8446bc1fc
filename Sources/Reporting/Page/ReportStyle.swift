import Charts

/// The page's style sheet.
///
/// Everything is on the page: no font, no picture and no script comes from elsewhere.
enum ReportStyle {
  static var sheet: String {
    """
    :root{color-scheme:light dark;--page:#f7f7f5;--surface:\(ChartStyle.surface.light);--ink:#16191d;--muted:#57606a;
    --line:#e3e5e8;--band:#f3f4f6;--good:#00684a;--fair:#8a5300;--bad:#a8321a;--good-wash:#e8f4ef;--fair-wash:#fbf1df;
    --bad-wash:#fbeae6;--none-wash:#eef0f2;--link:#005f96;\(ChartStyle.lightProperties)}
    @media (prefers-color-scheme:dark){:root{--page:#0e1013;--surface:\(ChartStyle.surface.dark);--ink:#e8eaed;
    --muted:#a2abb5;--line:#2a2f36;--band:#1b1f25;--good:#4fd1a1;--fair:#f0b54a;--bad:#ff8f73;--good-wash:#10251e;
    --fair-wash:#2a2110;--bad-wash:#2e1712;--none-wash:#1f242a;--link:#7fcbf5;\(ChartStyle.darkProperties)}}
    @media print{:root{color-scheme:light;--page:#fff;--surface:#fff;--ink:#16191d;--muted:#4b535c;--line:#d8dbdf;--band:#f3f4f6;
    --good:#00684a;--fair:#8a5300;--bad:#a8321a;--good-wash:#fff;--fair-wash:#fff;--bad-wash:#fff;--none-wash:#fff;
    --link:#16191d;\(ChartStyle.lightProperties)}}
    \(layout)
    \(parts)
    \(ChartStyle.rules)
    \(media)
    """
  }

  private static let layout = """
    *{box-sizing:border-box}
    html{-webkit-text-size-adjust:100%;scroll-behavior:smooth}
    @media (prefers-reduced-motion:reduce){html{scroll-behavior:auto}}
    body{margin:0;background:var(--page);color:var(--ink);
    font:16px/1.55 system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue",Arial,"Liberation Sans",sans-serif;
    font-variant-numeric:tabular-nums}
    header,main,footer{max-width:56rem;margin:0 auto;padding:0 1.5rem}
    header{padding-top:3.5rem}
    .kicker{margin:0;color:var(--muted);font-size:.8125rem;letter-spacing:.06em;text-transform:uppercase}
    h1{margin:.1em 0 .2em;font-size:2.75rem;line-height:1.1;letter-spacing:-.025em;font-weight:680;overflow-wrap:anywhere}
    h2{margin:0 0 .35rem;font-size:1.5rem;line-height:1.25;letter-spacing:-.012em;font-weight:650}
    h3{margin:0 0 .15rem;font-size:1rem;font-weight:650}
    p{margin:0 0 .75rem}
    .now{margin:.75rem 0 0;padding:.5rem .85rem;border-radius:8px;background:var(--none-wash);font-size:.875rem;overflow-wrap:anywhere}
    .lede{font-size:1.125rem;color:var(--muted);max-width:44rem;text-wrap:pretty}
    .facts{display:flex;flex-wrap:wrap;gap:.1rem 1.25rem;margin:.75rem 0 0;padding:0;list-style:none;color:var(--muted);
    font-size:.875rem}
    .facts li{overflow-wrap:anywhere}
    section{margin:3.75rem 0 0}
    .finding{max-width:44rem;color:var(--muted);margin-bottom:1.25rem;text-wrap:pretty}
    .finding strong{color:var(--ink)}
    a{color:var(--link)}
    :focus-visible{outline:2px solid var(--link);outline-offset:2px;border-radius:3px}
    .skip{position:absolute;left:-999rem}
    .skip:focus{left:1rem;top:1rem;background:var(--surface);padding:.5rem 1rem}
    footer{margin-top:4rem;padding-bottom:4rem;color:var(--muted);font-size:.8125rem}
    footer p{border-top:1px solid var(--line);padding-top:1rem}
    code,pre{font-family:ui-monospace,SFMono-Regular,Menlo,Consolas,"Liberation Mono",monospace;font-size:.875em}
    code{overflow-wrap:anywhere}
    pre{margin:.5rem 0 0;padding:.75rem 1rem;background:var(--band);border-radius:8px;white-space:pre-wrap;
    overflow-wrap:anywhere;max-height:24rem;overflow:auto}
    """

  private static let parts = """
    .banner{margin-top:2.25rem}
    .verdicts{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,15rem),1fr));gap:.75rem;margin:0;padding:0;
    list-style:none}
    .verdicts li{border-radius:12px;padding:1rem 1.15rem;font-size:.875rem;line-height:1.5}
    .verdicts p{margin:0;text-wrap:pretty}
    .verdicts p+p+p{margin-top:.35rem}
    .verdicts .word{display:flex;align-items:center;gap:.55rem;font-size:1.0625rem;font-weight:680;margin-bottom:.3rem}
    .sign{display:inline-grid;place-items:center;width:1.45rem;height:1.45rem;border-radius:50%;border:2px solid currentColor;
    font-size:.8rem;line-height:1;flex:none}
    .verdicts .good{background:var(--good-wash)}.verdicts .good .word{color:var(--good)}
    .verdicts .fair{background:var(--fair-wash)}.verdicts .fair .word{color:var(--fair)}
    .verdicts .bad{background:var(--bad-wash)}.verdicts .bad .word{color:var(--bad)}
    .verdicts .none{background:var(--none-wash)}
    .headline{display:grid;grid-template-columns:repeat(3,minmax(0,1fr));gap:1px;margin:1rem 0 0;background:var(--line);
    border:1px solid var(--line);border-radius:12px;overflow:hidden}
    .headline div{background:var(--surface);padding:1.1rem 1.25rem}
    .headline dt{color:var(--muted);font-size:.8125rem}
    .headline dd{margin:0}
    .headline .value{font-size:1.875rem;font-weight:650;letter-spacing:-.02em;line-height:1.3}
    .headline .note{color:var(--muted);font-size:.8125rem;line-height:1.4}
    nav ul{display:flex;flex-wrap:wrap;gap:.35rem 1.1rem;margin:1.5rem 0 0;padding:0;list-style:none;font-size:.875rem}
    nav a{text-decoration:none}
    nav a:hover{text-decoration:underline}
    figure{margin:1.5rem 0 0;background:var(--surface);border:1px solid var(--line);border-radius:12px;padding:1.25rem 1.4rem}
    figcaption p{color:var(--muted);font-size:.875rem;margin:0 0 1rem;line-height:1.45;text-wrap:pretty}
    .narrow{display:none!important}
    details{margin-top:1rem;font-size:.875rem}
    summary{cursor:pointer;color:var(--link);width:fit-content}
    .scroll{overflow-x:auto;margin-top:1rem}
    table{border-collapse:collapse;width:100%;font-size:.875rem;line-height:1.4}
    .unseen{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
    th,td{text-align:left;padding:.5rem .9rem .5rem 0;border-bottom:1px solid var(--line);vertical-align:top;font-weight:400}
    thead th{color:var(--muted);font-size:.8125rem;white-space:nowrap;vertical-align:bottom}
    tbody th{font-weight:550}
    th code{font-weight:400}
    .n+:not(.n){padding-left:1rem}
    th:last-child,td:last-child{padding-right:0}
    .n{text-align:right;white-space:nowrap}
    td small{display:block;color:var(--muted);font-size:.75rem}
    .n small{white-space:nowrap}
    .absent{color:var(--muted)}
    .meter{display:block;width:10rem;max-width:22vw;height:.55rem;margin-top:.35rem;border-radius:99px;background:var(--line);
    overflow:hidden}
    .meter span{display:block;height:100%}
    .meter .good{background:var(--good)}.meter .bad{background:var(--bad)}
    .badge{display:inline-block;white-space:nowrap;padding:.05rem .5rem;border-radius:99px;font-size:.8125rem;font-weight:550}
    .badge.good{color:var(--good);background:var(--good-wash)}.badge.fair{color:var(--fair);background:var(--fair-wash)}
    .badge.bad{color:var(--bad);background:var(--bad-wash)}.badge.none{color:var(--muted);background:var(--none-wash)}
    .tag{color:var(--muted)}
    .note{color:var(--muted);font-size:.875rem}
    section>h3{margin-top:1.75rem}
    .failures{padding-left:1.25rem;margin:.5rem 0 0}
    .failures li{margin-bottom:1rem}
    .failures p{margin:0}
    .sample{background:none;border:0;padding:0;margin:.5rem 0 0}
    .sample figcaption{color:var(--muted);font-size:.75rem;overflow-wrap:anywhere}
    .sample pre{margin-top:.2rem;font-size:.8125rem;max-height:12rem}
    .pairs{margin:0;display:grid;gap:.4rem}
    .pairs div{display:grid;grid-template-columns:8rem 1fr;gap:1rem;font-size:.9375rem}
    .pairs dt{color:var(--muted)}
    .pairs dd{margin:0;overflow-wrap:anywhere}
    .readout{position:absolute;z-index:2;pointer-events:none;max-width:min(20rem,calc(100vw - 16px));padding:.5rem .7rem;
    border-radius:8px;background:var(--ink);color:var(--page);font-size:.8125rem;line-height:1.45}
    .readout strong{font-weight:650}
    .readout span{font-weight:600;overflow-wrap:anywhere}
    .chart .cursor{stroke:var(--ink);stroke-width:1;fill:none;pointer-events:none}
    .plain{padding-left:1.1rem;margin:0;max-width:44rem}
    .plain li{margin-bottom:.4rem}
    """

  private static let media = """
    @media (max-width:40rem){
    header,main,footer{padding-left:1rem;padding-right:1rem}
    header{padding-top:2rem}
    h1{font-size:2.1rem}
    section{margin-top:2.75rem}
    .headline{grid-template-columns:repeat(2,minmax(0,1fr))}
    .headline div{padding:.85rem .9rem}
    .headline .value{font-size:1.45rem}
    figure{padding:1rem .9rem;border-radius:10px}
    .wide{display:none!important}
    .narrow{display:block!important}
    .pairs div{grid-template-columns:1fr;gap:0}
    .stack thead{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}
    .stack,.stack tbody,.stack tr,.stack th,.stack td{display:block}
    .stack tr{border-bottom:1px solid var(--line);padding:.6rem 0}
    .stack th,.stack td{border:0;padding:.1rem 0}
    }
    @media print{
    @page{size:A4;margin:16mm 14mm}
    body{font-size:10.5pt}
    header,main,footer{max-width:none;padding-left:0;padding-right:0}
    header{padding-top:0}
    nav,.skip,summary,.readout,.cursor{display:none}
    section{margin-top:1.75rem}
    figure,.verdicts li,.headline,tr,.finding{break-inside:avoid}
    h2,h3,.finding,thead{break-after:avoid}
    .meter,.meter span{-webkit-print-color-adjust:exact;print-color-adjust:exact}
    figure{padding:.8rem 1rem}
    .verdicts li{border:1px solid var(--line)}
    .wide{display:block!important}
    .narrow{display:none!important}
    pre{max-height:none}
    .scroll{overflow:visible}
    }
    """
}
