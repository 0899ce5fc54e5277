/** @file The judges' page's style sheet: pictures side by side at every width, light and dark. */

export const SHEET_STYLES = `
:root {
  color-scheme: light dark;
  --paper: #ffffff; --raised: #f6f8fa; --ink: #1b1f24; --muted: #59636e; --line: #d1d9e0; --control: #818b98;
  --accent: #0a5fc2; --on-accent: #ffffff; --accent-soft: #e7f0fd; --good: #1a6b32; --warn: #7a4b00; --warn-soft: #fff3d6;
}
@media (prefers-color-scheme: dark) {
  :root {
    --paper: #0f1318; --raised: #1a2028; --ink: #e8ecf1; --muted: #a3adb9; --line: #39424d; --control: #77828f;
    --accent: #79b8ff; --on-accent: #0b1a2b; --accent-soft: #16263b; --good: #7ee29b; --warn: #ffcf70; --warn-soft: #33270c;
  }
}
* { box-sizing: border-box; }
[hidden] { display: none !important; }
html { -webkit-text-size-adjust: 100%; text-size-adjust: 100%; }
body {
  margin: 0 auto; padding: 0 16px 32px; max-width: 880px; background: var(--paper); color: var(--ink); overflow-wrap: anywhere;
  font: 16px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif;
}
h1 { font-size: 1.25rem; line-height: 1.3; margin: 20px 0 4px; }
h2 { font-size: 1.3rem; line-height: 1.3; margin: 2px 0 0; }
h2:focus, h3:focus { outline: none; }
p { margin: 0 0 10px; }
.muted { color: var(--muted); font-size: .875rem; margin: 0; }
.warning { background: var(--warn-soft); color: var(--warn); padding: 8px 12px; border-radius: 6px; }
details { color: var(--muted); font-size: .925rem; }
summary { cursor: pointer; color: var(--accent); padding: 4px 0; width: fit-content; }
kbd { font: inherit; font-size: .85em; padding: 0 5px; border: 1px solid var(--line); border-radius: 4px; background: var(--raised); color: var(--ink); }
.keys { display: flex; flex-wrap: wrap; gap: 4px 18px; }
.bar { display: flex; flex-wrap: wrap; align-items: center; justify-content: space-between; gap: 8px 24px; padding: 10px 0; border-bottom: 1px solid var(--line); }
.judge { display: flex; align-items: center; gap: 8px; }
input[type=text] { font: inherit; color: inherit; background: var(--paper); border: 1px solid var(--control); border-radius: 6px; padding: 6px 10px; width: 13em; max-width: 100%; min-width: 0; }
.progress { display: flex; align-items: center; gap: 10px; flex: 1 1 14em; justify-content: flex-end; font-variant-numeric: tabular-nums; }
progress { flex: 1 1 6em; max-width: 14em; height: 10px; accent-color: var(--accent); }
main { padding: 18px 0 4px; }
.pictures { display: grid; grid-template-columns: 1fr 1fr; gap: 16px; margin: 16px 0; }
fieldset { margin: 0; padding: 12px; min-width: 0; border: 2px solid var(--line); border-radius: 10px; background: var(--raised); }
fieldset.active { border-color: var(--accent); background: var(--accent-soft); }
/* Inside the frame, not across its line. */
legend { float: left; width: 100%; padding: 0 2px 8px; font-weight: 600; line-height: 1.2; }
legend + * { clear: both; }
.active legend { color: var(--accent); }
.enlarge { display: block; width: 100%; padding: 0; border: 0; background: none; cursor: zoom-in; border-radius: 6px; }
fieldset img { display: block; width: 100%; height: auto; max-height: 62vh; object-fit: contain; border-radius: 6px; }
img.pixels { image-rendering: pixelated; }
ol { list-style: none; margin: 10px 0 0; padding: 0; }
li label { display: flex; align-items: baseline; gap: 9px; padding: 7px 6px; border-radius: 6px; cursor: pointer; }
li label:hover { background: var(--paper); }
li input { flex: none; width: 1.15em; height: 1.15em; margin: 0; align-self: center; accent-color: var(--accent); }
li .number { flex: none; min-width: 1.1em; color: var(--muted); font-variant-numeric: tabular-nums; }
.fixed label { cursor: default; }
.fixed label:hover { background: none; }
button, .button {
  font: inherit; color: var(--ink); background: var(--raised); border: 1px solid var(--control); border-radius: 8px; padding: 9px 16px; cursor: pointer;
  display: inline-block;
}
button:disabled { opacity: .45; cursor: default; }
button.primary { background: var(--accent); border-color: var(--accent); color: var(--on-accent); font-weight: 600; }
button[aria-pressed=true] { border-color: var(--accent); background: var(--accent-soft); box-shadow: inset 0 0 0 1px var(--accent); }
:is(button, summary, .button):hover:not(:disabled) { filter: brightness(.96); }
:is(input, button, summary):focus-visible, .button:focus-within { outline: 3px solid var(--accent); outline-offset: 2px; }
.actions { display: flex; flex-wrap: wrap; align-items: center; gap: 10px 16px; }
.change { margin: 16px 0; padding: 14px 16px; border: 2px solid var(--accent); border-radius: 10px; }
.change dl { margin: 0 0 12px; display: grid; grid-template-columns: auto 1fr; gap: 4px 14px; }
.change dt { color: var(--muted); }
.change dd { margin: 0; font-weight: 600; }
.change h3 { font-size: 1.05rem; margin: 0 0 10px; }
footer { padding-top: 8px; }
nav { display: flex; align-items: center; justify-content: space-between; gap: 12px; padding: 14px 0; border-top: 1px solid var(--line); margin-top: 14px; font-variant-numeric: tabular-nums; }
.files { display: flex; flex-wrap: wrap; gap: 10px 16px; margin-bottom: 10px; }
.load input { position: absolute; width: 1px; height: 1px; opacity: 0; }
#message:empty { display: none; }
#message { color: var(--good); font-weight: 600; }
#message.problem { color: var(--warn); }
dialog { padding: 0; border: 0; border-radius: 10px; background: none; max-width: 96vw; max-height: 96vh; }
dialog img { display: block; width: min(92vw, 92vh); height: auto; cursor: zoom-out; }
dialog::backdrop { background: rgb(0 0 0 / .8); }
@media (max-width: 560px) {
  body { padding: 0 10px 24px; }
  .keys { display: none; }
  .pictures { gap: 8px; }
  fieldset { padding: 6px; }
  legend { font-size: .9rem; padding-bottom: 6px; }
  li label { gap: 7px; padding: 8px 2px; font-size: .925rem; line-height: 1.35; }
  .judge, .progress { flex: 1 1 100%; justify-content: flex-start; }
  .judge input { flex: 1; }
  .progress progress { max-width: none; }
  .change dl { grid-template-columns: 1fr; }
  .change dd { margin-bottom: 6px; }
  .actions button, .files > * { flex: 1 1 100%; text-align: center; }
  nav button { padding: 9px 10px; }
}
`;
