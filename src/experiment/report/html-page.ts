/** @file The report as one HTML file that needs nothing else. */
import { escapeHtml } from '../../study/escape-html.ts';
import { framedPage } from '../../study/report/page-frame.ts';
import { EXPERIMENT_STYLES } from './experiment-styles.ts';
import { sectionHtml, tableHtml } from './html-blocks.ts';
import type { PictureData } from './picture-data.ts';
import type { ReportDocument } from './report-document.ts';
import { STATE_TEXTS, type Verdict } from './verdict.ts';

/** Without scripts and without anything to load: pictures are inside. */
export function reportHtml(document: ReportDocument, data: PictureData): string {
  return framedPage({
    title: document.title,
    styles: EXPERIMENT_STYLES,
    main: [
      headHtml(document),
      verdictSection(document),
      ...document.sections.map((section, i) => sectionHtml(section, i, data)),
      factSection(document),
    ],
  });
}

function headHtml({ title, paper, incomplete, verdict }: ReportDocument): string {
  const kind = paper === undefined ? 'Experiment' : `Experiment after ${paper} of the paper`;
  const warning =
    incomplete === undefined
      ? ''
      : `\n<p class="warning"><strong>Note:</strong> ${escapeHtml(incomplete)}</p>`;
  return `<header>\n<p class="kind">${escapeHtml(kind)}</p>\n<h1 dir="auto">${escapeHtml(title)}</h1>${warning}\n${verdictHtml(verdict, paper !== undefined)}\n</header>`;
}

function verdictHtml({ agrees, sentence, beyond = '' }: Verdict, isPapers: boolean): string {
  const [look, label] = isPapers ? labelOf(agrees) : ['none', 'What was found'];
  return `<p class="verdict ${look}"><span class="label">${label}</span> ${escapeHtml(`${sentence} ${beyond}`.trim())}</p>`;
}

function labelOf(agrees: boolean | null): [look: string, label: string] {
  if (agrees === null) return ['open', 'Undecided'];
  return agrees ? ['yes', 'The shape agrees'] : ['no', 'The shape does not agree'];
}

function verdictSection({ paper, found, published, verdict }: ReportDocument): string {
  const heading = paper === undefined ? 'What is asked' : 'What the paper found, and whether it is so here';
  return [
    '<section aria-labelledby="verdict">',
    `<h2 id="verdict">${heading}</h2>`,
    `<p>${escapeHtml(found)}</p>`,
    clauseTable(verdict),
    ...published.map(
      (table) => `<details><summary>${escapeHtml(table.title)}</summary>${tableHtml(table)}</details>`,
    ),
    '</section>',
  ].join('\n');
}

function clauseTable({ clauses }: Verdict): string {
  if (clauses.length === 0) return '';
  const rows = clauses.map(
    ({ claim, state, measured }) =>
      `<tr><th scope="row" dir="auto">${escapeHtml(claim)}</th><td><span class="state ${state}">${STATE_TEXTS[state]}</span></td><td>${escapeHtml(measured)}</td></tr>`,
  );
  return `<div class="scroll" tabindex="0" role="region" aria-label="Statements"><table class="figures"><thead><tr><th scope="col">Statement</th><th scope="col">Here</th><th scope="col">Measured</th></tr></thead><tbody>\n${rows.join('\n')}\n</tbody></table></div>\n<p class="muted">A statement holds, or is contradicted, where the whole 95 % interval over prompts lies on one side of the border, which is 0 for differences, one half for shares of prompts and 1 for shares of time; it is not told apart where the interval includes it.</p>`;
}

function factSection({ facts, command }: ReportDocument): string {
  const items = facts.map(
    ([name, value]) => `<div><dt>${escapeHtml(name)}</dt><dd>${escapeHtml(value)}</dd></div>`,
  );
  return [
    '<section aria-labelledby="settings">',
    '<h2 id="settings">Settings</h2>',
    `<dl class="settings">${items.join('')}</dl>`,
    '<h3 id="command">Command</h3>',
    `<pre tabindex="0" role="region" aria-labelledby="command"><code>${escapeHtml(command)}</code></pre>`,
    '</section>',
  ].join('\n');
}
