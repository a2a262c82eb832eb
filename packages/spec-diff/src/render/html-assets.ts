/** The style of the HTML report; it fits a screen of 400 px. */
export const STYLE = `
:root { color-scheme: light dark; --fg: #1b1f24; --bg: #fff; --line: #d8dee4; --soft: #f6f8fa; --error: #b42318; --warn: #8a5300; --ok: #176b37; }
@media (prefers-color-scheme: dark) { :root { --fg: #e6edf3; --bg: #0d1117; --line: #30363d; --soft: #161b22; --error: #ff8a80; --warn: #f0b357; --ok: #6fcf97; } }
* { box-sizing: border-box; }
body { font: 15px/1.5 system-ui, sans-serif; margin: 0 auto; max-width: 72rem; padding: 1rem; color: var(--fg); background: var(--bg); }
h1 { font-size: 1.4rem; overflow-wrap: anywhere; } h2 { font-size: 1.15rem; margin-top: 2rem; } h3 { font-size: 1rem; margin: 1.2rem 0 .4rem; overflow-wrap: anywhere; }
.headline { font-weight: 600; } .scroll { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; } th, td { text-align: left; padding: .3rem .6rem; border-bottom: 1px solid var(--line); white-space: nowrap; }
code, pre { font: 13px/1.45 ui-monospace, monospace; overflow-wrap: anywhere; white-space: pre-wrap; }
pre { background: var(--soft); padding: .5rem; margin: .3rem 0; }
form { display: flex; flex-wrap: wrap; gap: .5rem 1rem; align-items: center; position: sticky; top: 0; background: var(--bg); padding: .5rem 0; border-bottom: 1px solid var(--line); }
input[type="search"] { flex: 1 1 12rem; min-width: 0; font: inherit; padding: .25rem .5rem; }
article { border-left: 4px solid var(--line); padding: .1rem 0 .3rem .8rem; margin: .8rem 0; } article:target { background: var(--soft); }
article.error { border-color: var(--error); } article.warn { border-color: var(--warn); }
article p { margin: .2rem 0; overflow-wrap: anywhere; } .error .level, .breaks { color: var(--error); } .warn .level, .unproven, .incomparable { color: var(--warn); } .ok { color: var(--ok); }
.level { font-weight: 600; } dl { margin: .5rem 0; } dt { font-weight: 600; } dd { margin: 0 0 .4rem 1rem; } a { color: inherit; }
[hidden] { display: none; }
`;

/** The filter of the HTML report. Without it every finding is visible. */
export const SCRIPT = `
const form = document.querySelector("form");
const apply = () => {
  const text = form.elements.text.value.toLowerCase();
  const levels = new Set([...form.querySelectorAll("input[type=checkbox]")].filter((box) => box.checked).map((box) => box.name));
  let shown = 0;
  for (const article of document.querySelectorAll("article")) {
    article.hidden = !levels.has(article.dataset.level) || !article.textContent.toLowerCase().includes(text);
    if (!article.hidden) shown++;
  }
  for (const group of document.querySelectorAll("section[data-group]")) group.hidden = !group.querySelector("article:not([hidden])");
  document.querySelector("output").textContent = shown + " shown";
};
form.hidden = false;
form.addEventListener("input", apply);
form.addEventListener("submit", (event) => event.preventDefault());
apply();
`;
