/** @file The report of a study: one HTML file that needs nothing else. */
import type { StudyRecord } from '../study-record.ts';
import { ablationSection } from './ablation-section.ts';
import { curveSection } from './curve-section.ts';
import { evaluationSection } from './evaluation-section.ts';
import { framedPage } from './page-frame.ts';
import { pictureSection } from './picture-section.ts';
import { settingsSection } from './settings-section.ts';
import { spaceSection } from './space-section.ts';
import { STYLES } from './styles.ts';
import { lossSection, summarySection } from './summary-section.ts';

export interface ReportOptions {
  /** The command line that was typed, for the reader to repeat. @default put together from the study's settings */
  readonly command?: readonly string[];
}

/** The report as HTML, without scripts and without anything to load: pictures are inside. */
export function renderReport(record: StudyRecord, options: ReportOptions = {}): string {
  return framedPage({
    title: record.result.prompt,
    styles: STYLES,
    main: [
      summarySection(record),
      pictureSection(record),
      lossSection(record),
      ablationSection(record.result.wordEffects ?? [], record.result.task),
      curveSection(record),
      spaceSection(record),
      evaluationSection(record),
      settingsSection(record, options.command),
    ],
  });
}
