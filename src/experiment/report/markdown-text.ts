/** @file The report as a section of a Markdown file, its figures beside it. */
import type { Block, ChartBlock, Column, PictureBlock, TableBlock } from './report-block.ts';
import type { ReportDocument } from './report-document.ts';
import { valueText } from './value-text.ts';
import { STATE_TEXTS, type Verdict } from './verdict.ts';

/** @param figures names of figure files by the names of their blocks; a block without one was not drawn */
export function reportMarkdown(document: ReportDocument, figures: ReadonlyMap<string, string>): string {
  const { title, paper, found, incomplete, verdict, published, sections } = document;
  const lines = [
    `## ${escapeMarkdown(title)}`,
    ...(incomplete === undefined ? [] : [`> **${escapeMarkdown(incomplete)}**`]),
    `${paper === undefined ? 'Asked' : `Paper, ${escapeMarkdown(paper)}`}: ${escapeMarkdown(found)}`,
    `**${escapeMarkdown(verdict.sentence)}**${verdict.beyond === undefined ? '' : ` ${escapeMarkdown(verdict.beyond)}`}`,
    ...clauseLines(verdict),
    ...published.map(tableMarkdown),
    ...sections.flatMap((section) => [
      `### ${escapeMarkdown(section.title)}`,
      ...section.blocks.map((block) => blockMarkdown(block, figures)),
    ]),
    factsMarkdown(document),
  ];
  return `${lines.filter((line) => line !== '').join('\n\n')}\n`;
}

function clauseLines({ clauses }: Verdict): string[] {
  if (clauses.length === 0) return [];
  const rows = clauses.map(({ claim, state, measured }) => [claim, STATE_TEXTS[state], measured]);
  return [markdownTable(['Statement', 'Here', 'Measured'], ['---', '---', '---'], rows)];
}

function blockMarkdown(block: Block, figures: ReadonlyMap<string, string>): string {
  switch (block.kind) {
    case 'table':
      return tableMarkdown(block);
    case 'chart':
    case 'pictures':
      return figureMarkdown(block, figures);
    case 'note':
      return escapeMarkdown(block.text);
  }
}

function figureMarkdown(
  { name, title, note }: ChartBlock | PictureBlock,
  figures: ReadonlyMap<string, string>,
): string {
  const file = figures.get(name);
  if (file === undefined) return '';
  return [`![${escapeMarkdown(title)}](${file})`, ...(note === undefined ? [] : [escapeMarkdown(note)])].join(
    '\n\n',
  );
}

function tableMarkdown({ title, columns, rows, note }: TableBlock): string {
  const head = `**${escapeMarkdown(title)}**`;
  if (rows.length === 0) return `${head}\n\nNothing was measured yet.`;
  const table = markdownTable(
    columns.map((column) => column.head),
    columns.map(({ as }: Column) => (as === 'text' ? '---' : '---:')),
    rows.map((row) => columns.map((column, i) => valueText(row[i] ?? null, column))),
  );
  return [head, table, ...(note === undefined ? [] : [escapeMarkdown(note)])].join('\n\n');
}

function markdownTable(
  heads: readonly string[],
  rule: readonly string[],
  rows: readonly (readonly string[])[],
): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  const escaped = [heads, ...rows].map((cells) => line(cells.map(escapeMarkdown)));
  return [escaped[0], line(rule), ...escaped.slice(1)].join('\n');
}

function factsMarkdown({ facts, command }: ReportDocument): string {
  const pairs = facts.map(([name, value]) => `${escapeMarkdown(name)}: ${escapeMarkdown(value)}`);
  // A fence longer than any run of backticks inside cannot be closed by the command.
  const fence = '`'.repeat(Math.max(3, ...[...command.matchAll(/`+/g)].map(([run]) => run.length + 1)));
  return `${pairs.join('. ')}.\n\n${fence}sh\n${command}\n${fence}`;
}

/** Text that means nothing to Markdown, on one line. */
export function escapeMarkdown(text: string): string {
  return text
    .replace(/\s+/g, ' ')
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/>/g, '&gt;')
    .replace(/[\\`*_[\]|~#$]/g, '\\$&');
}
