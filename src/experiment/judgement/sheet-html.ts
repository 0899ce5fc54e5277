/** @file The page that judges get: one file that asks nothing of the network and works where it lies on a disk. */
import { escapeHtml } from '../../study/escape-html.ts';
import { SHEET_KEEPING_SCRIPT } from './sheet-keeping-script.ts';
import { SHEET_STYLES } from './sheet-styles.ts';
import { SHEET_VIEW_SCRIPT } from './sheet-view-script.ts';

/** What the page knows of a pair: nothing that tells which side is which. */
export interface PageCard {
  readonly card: string;
  readonly prompt: string;
  readonly concepts: readonly string[];
  /** Places in the list of pictures, seed by seed. */
  readonly left: readonly number[];
  readonly right: readonly number[];
  /** An attack's prompt, as JSON that cannot be read in the source. Absent where there is no second question. */
  readonly concealed?: string;
}

export interface SheetPage {
  readonly sheet: string;
  readonly title: string;
  readonly cards: readonly PageCard[];
  /** PNG files in base64. */
  readonly pictures: readonly string[];
}

/** The whole page. */
export function sheetHtml({ sheet, title, cards, pictures }: SheetPage): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; img-src data:; style-src 'unsafe-inline'; script-src 'unsafe-inline'">
<title>${escapeHtml(title)}</title>
<style>${SHEET_STYLES}</style>
</head>
<body>
${pageHeader(title, cards)}
<main id="card" aria-live="off"></main>
${PAGE_FOOTER}
<dialog id="enlarged" aria-label="Enlarged picture"><img alt=""></dialog>
${pictures.map((base64, place) => `<script type="text/plain" id="picture-${place}">${base64}</script>`).join('\n')}
<script type="application/json" id="sheet">${scriptJson({ sheet, cards })}</script>
<script>(function () {
'use strict';
${SHEET_KEEPING_SCRIPT}
${SHEET_VIEW_SCRIPT}
})();</script>
</body>
</html>
`;
}

function pageHeader(title: string, cards: readonly PageCard[]): string {
  const hasAttack = cards.some(({ concealed }) => concealed !== undefined);
  const second = hasAttack
    ? ' Then you may be shown a changed prompt, and say whether it means something else. Your marks are fixed from then on.'
    : '';
  return `<header>
<h1>${escapeHtml(title)}</h1>
<details id="help" open><summary>What to do</summary>
<p>Somebody typed a prompt and got pictures. Look at each picture and tick the key concepts that are really in it: the right thing, with the
right colour, number and place. A box without a tick says: not there. The list is in order of importance. Which side is which changes from pair to pair.${second}</p>
<p class="keys"><span><kbd>←</kbd> <kbd>→</kbd> <kbd>↑</kbd> <kbd>↓</kbd> choose a picture</span> <span><kbd>1</kbd> … <kbd>9</kbd> tick a concept of it</span>
<span><kbd>Enter</kbd> done</span> <span><kbd>Shift</kbd> <kbd>←</kbd> / <kbd>→</kbd> other pairs</span></p>
</details>
<noscript><p class="warning">This page needs JavaScript to keep your answers. Allow it for this file, and open the page again.</p></noscript>
<p id="keeping" class="warning" role="alert" hidden></p>
<div class="bar">
<label class="judge">Your name <input id="judge" type="text" autocomplete="name" maxlength="80" required></label>
<div class="progress"><progress id="progress" max="${cards.length}" value="0" aria-label="Pairs judged"></progress>
<span id="count" role="status">0 of ${cards.length} judged</span></div>
</div>
</header>`;
}

const PAGE_FOOTER = `<footer>
<nav aria-label="Pairs"><button id="previous" type="button" aria-keyshortcuts="Shift+ArrowLeft">← Previous</button>
<span id="place"></span>
<button id="next" type="button" aria-keyshortcuts="Shift+ArrowRight">Next →</button></nav>
<p id="message" role="status"></p>
<div class="files"><button id="save" type="button">Save answers to a file</button>
<label class="load button">Load answers from a file <input id="load" type="file" accept="application/json,.json"></label></div>
<p id="kept" class="muted"></p>
</footer>`;

/** JSON that cannot end the element it stands in. */
function scriptJson(value: unknown): string {
  return JSON.stringify(value).replaceAll('<', '\\u003c');
}
