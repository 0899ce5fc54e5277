/** @file The report of an experiment in a folder. */
import { join } from 'node:path';
import { makeFolder } from '../../disk/make-folder.ts';
import { svgPng } from '../../study/svg-png.ts';
import { fileWriteError, writeFileAtomically } from '../../study/write-file.ts';
import type { ExperimentReport } from './experiment-report.ts';

/**
 * Writes `report.html`, `report.md`, the CSV files, and each figure as SVG and as PNG into `dir`, which is made where it is not there.
 * Files of the same names are replaced, others stay.
 * @returns the files' names
 * @throws {DpoError} FILE_ACCESS
 */
export async function writeExperimentReport(dir: string, report: ExperimentReport): Promise<string[]> {
  await makeFolder(dir).catch((cause: unknown) => {
    throw fileWriteError(dir, cause);
  });
  const files = new Map<string, string | Uint8Array>([
    ['report.html', report.html],
    ['report.md', report.markdown],
    ...report.csv,
    ...report.charts,
  ]);
  for (const [name, svg] of report.charts) files.set(name.replace(/\.svg$/, '.png'), await svgPng(svg));
  for (const [name, content] of files) await writeFileAtomically(join(dir, name), content);
  return [...files.keys()];
}
