/** How the page looks, by day and by night, on a desk and on a phone. */
export const VERSIONS_STYLE = `
:root{color-scheme:light dark;--ink:#1b2430;--soft:#5d6b7a;--line:#e1e6ec;--paper:#fff;--ground:#f4f6f9;--late:#a8430b;--latepaper:#fdf1e8;--lateline:#f3cdb0;--good:#17693f;--goodpaper:#e9f6ee;--goodline:#bfe3cd;--bar:#8aa4c8;--track:#dfe5ec}
@media(prefers-color-scheme:dark){:root{--ink:#e8edf2;--soft:#9aa8b6;--line:#2b3641;--paper:#1a2129;--ground:#12181e;--late:#ffae82;--latepaper:#33211a;--lateline:#5a3a29;--good:#83dfae;--goodpaper:#17302a;--goodline:#28523f;--bar:#56739b;--track:#2f3b47}}
*{box-sizing:border-box}
body{max-width:66rem;margin:0 auto;padding:2rem 1.25rem 3rem;font:15px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,"Liberation Sans",sans-serif;color:var(--ink);background:var(--ground);font-variant-numeric:tabular-nums}
header{display:flex;flex-wrap:wrap;gap:.5rem 1.5rem;align-items:center;justify-content:space-between;margin-bottom:1rem}
h1{font-size:1.35rem;line-height:1.25;margin:0}
nav{color:var(--soft)}
nav a{display:inline-block;margin-left:.35rem;padding:.2rem .8rem;border:1px solid var(--line);border-radius:1rem;background:var(--paper);color:var(--ink);text-decoration:none}
nav a:hover{border-color:var(--soft)}
nav a[aria-current]{background:var(--ink);border-color:var(--ink);color:var(--paper)}
section{display:grid;grid-template-columns:1fr 18rem;align-items:end;gap:.25rem 2rem;margin-bottom:1.25rem;padding:1.1rem 1.25rem;border:1px solid;border-radius:.7rem}
section.open{background:var(--latepaper);border-color:var(--lateline)}section.done{background:var(--goodpaper);border-color:var(--goodline)}
h2{grid-column:1/-1;margin:0;font-size:1.2rem;line-height:1.35;font-weight:600;overflow-wrap:anywhere}
.open h2 b{color:var(--late)}.done h2{color:var(--good)}
ul{margin:.25rem 0 .6rem;padding:0;list-style:none;grid-column:1/-1}
ul{display:grid;grid-template-columns:fit-content(20rem) fit-content(32rem) 1fr;gap:.1rem 1.4rem}
li{display:contents;overflow-wrap:anywhere}li span:last-child{color:var(--soft)}.more{grid-column:1/-1}
.share p{margin:0}.bar{display:block;width:100%;height:8px;margin-top:.45rem;border-radius:4px}
section .day svg{width:100%;height:44px}
table{width:100%;border-collapse:separate;border-spacing:0;background:var(--paper);border:1px solid var(--line);border-radius:.7rem}
th,td{padding:.4rem .8rem;text-align:left;vertical-align:top}
thead th{padding:.6rem .8rem;font-size:.8rem;font-weight:600;color:var(--soft);white-space:nowrap}
tbody tr:first-child>*{border-top:1px solid var(--line)}
tbody th{font-weight:600;overflow-wrap:anywhere;max-width:14rem}
.n{text-align:right}td.day{width:10rem;vertical-align:middle}td time,td .n{white-space:nowrap}
td .behind,td .level{display:inline-block;padding:0 .55rem;border-width:1px;border-style:solid;border-radius:.8rem;font-weight:600;font-size:.88rem}
.behind{color:var(--late);background:var(--latepaper);border-color:var(--lateline)}.level{color:var(--good);background:var(--goodpaper);border-color:var(--goodline)}
td i{color:var(--soft);font-size:.85rem}
details{color:var(--soft)}summary{cursor:pointer}
svg{display:block;width:100%;height:20px}.all{fill:var(--bar)}.bar .all{fill:var(--track)}.part{fill:var(--late)}.ground{fill:var(--line)}
footer{margin-top:1rem;color:var(--soft);font-size:.88rem}
@media(max-width:44rem){
body{padding:1.25rem .8rem 2rem;font-size:16px}
section{grid-template-columns:1fr;padding:1rem}
nav a{padding:.35rem 1rem}
ul,li{display:block}li{margin-bottom:.5rem}li b,li span{display:block}
table,tbody{display:block}thead{display:none}
tbody{border-top:1px solid var(--line);padding:.5rem 0}tbody:first-of-type{border-top:0}
tr{display:grid;grid-template-columns:1fr auto;gap:0 .8rem;padding:.35rem .9rem}
tbody tr:first-child>*{border-top:0}
th,td{padding:0}tbody th{grid-column:1/-1;max-width:none;font-size:1.05rem}
td:nth-last-child(4){text-align:right}td:nth-last-child(3),td:nth-last-child(2){color:var(--soft)}
td.n::after{content:" messages"}td.day{grid-column:1/-1;width:auto}
}`;
