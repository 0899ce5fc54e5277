/** @file What every report page has around what it tells: one file that loads nothing, in light and dark. */
import { escapeHtml } from '../escape-html.ts';

export interface PageContent {
  /** As text. */
  readonly title: string;
  /** CSS of the page. */
  readonly styles: string;
  /** HTML, one piece after another. */
  readonly main: readonly string[];
}

/** The page as HTML. */
export function framedPage({ title, styles, main }: PageContent): string {
  return [
    '<!doctype html>',
    '<html lang="en">',
    '<head>',
    '<meta charset="utf-8">',
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    '<meta name="color-scheme" content="light dark">',
    `<title>${escapeHtml(title)} · dpo-diff</title>`,
    `<style>${styles}</style>`,
    '</head>',
    '<body>',
    '<main>',
    ...main,
    '</main>',
    '<footer><p>Made by dpo-diff, discrete prompt optimization for text-to-image models.</p></footer>',
    '</body>',
    '</html>',
    '',
  ].join('\n');
}
