/** @file What the report of an experiment with 10,000 studies takes: to be made from its rows, and to be opened in a browser. Rows are synthetic. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { chromium } from 'playwright-core';
import { experimentReport } from '../../src/experiment/report/experiment-report.ts';
import { findBrowser } from '../../tests/browser/find-browser.ts';
import { syntheticDefinition, syntheticStudies } from '../../tests/experiment/synthetic-rows.ts';

const RUNS = ['random', 'evolution', 'gradient', 'hybrid'];
const PROMPTS = 2500;

/** Prints a row of a table. */
export async function benchReport(): Promise<void> {
  const definition = syntheticDefinition(
    'comparison',
    RUNS.map((name) => ({ name })),
  );
  const rows = RUNS.flatMap((run, seed) => syntheticStudies({ run, prompts: PROMPTS, seed }));
  const start = performance.now();
  const { html } = experimentReport({
    ...{ definition, rows, readImage: () => undefined, command: '', seconds: 0 },
    machine: { processor: '', cores: 0, system: '' },
    counts: { waiting: 0, failed: 0 },
  });
  const made = performance.now() - start;
  console.log('| report of | made in | page | opened in |');
  console.log('|---|---|---|---|');
  const cells = [
    `${rows.length} studies`,
    seconds(made),
    `${Math.round(html.length / 1000)} kB`,
    await opening(html),
  ];
  console.log(`| ${cells.join(' | ')} |`);
}

/** From the address to the page's load event, with nothing in the browser's cache. */
async function opening(html: string): Promise<string> {
  const found = await findBrowser();
  if (typeof found === 'string') return `not measured: ${found}`;
  const dir = mkdtempSync(join(tmpdir(), 'dpo-diff-bench-report-'));
  const file = join(dir, 'report.html');
  writeFileSync(file, html);
  const browser = await chromium.launch({ executablePath: found.executablePath, args: [...found.args] });
  try {
    const page = await browser.newPage();
    const start = performance.now();
    await page.goto(pathToFileURL(file).href, { waitUntil: 'load' });
    return seconds(performance.now() - start);
  } finally {
    await browser.close();
    rmSync(dir, { recursive: true, force: true });
  }
}

function seconds(milliseconds: number): string {
  return `${(milliseconds / 1000).toFixed(2)} s`;
}
