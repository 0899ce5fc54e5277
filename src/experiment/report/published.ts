/** @file What the paper published, as far as it prints numbers: Wang et al., On Discrete Prompt Optimization for Diffusion Models, ICML 2024, Stable Diffusion v1-4. */
import type { ReportKind } from '../experiment-definition.ts';
import type { Column, TableBlock } from './report-block.ts';

const THREE_SOURCES: readonly Column[] = ['DiffusionDB', 'COCO', 'ChatGPT'].map((head) => ({
  head,
  as: 'text',
}));

const IMPROVE: TableBlock = {
  kind: 'table',
  name: 'published-improve',
  title: 'Published: Table 1, improve',
  columns: [{ head: 'Prompts', as: 'text' }, { head: 'By', as: 'text' }, ...THREE_SOURCES],
  rows: [
    ['user', 'spherical CLIP loss', '0.87 ± 0.02', '0.87 ± 0.01', '0.84 ± 0.01'],
    ['manual', 'spherical CLIP loss', '0.89 ± 0.04', '–', '–'],
    ['Promptist', 'spherical CLIP loss', '0.88 ± 0.02', '0.87 ± 0.03', '0.85 ± 0.02'],
    ['DPO-Diff', 'spherical CLIP loss', '0.81 ± 0.03', '0.82 ± 0.02', '0.78 ± 0.03'],
    ['user', 'HPSv2', '48.81 ± 9.71', '50.33 ± 4.85', '53.36 ± 5.17'],
    ['manual', 'HPSv2', '51.43 ± 10.29', '–', '–'],
    ['Promptist', 'HPSv2', '54.39 ± 12.47', '50.08 ± 7.43', '59.32 ± 6.50'],
    ['DPO-Diff', 'HPSv2', '62.37 ± 12.48', '61.26 ± 0.77', '67.71 ± 6.46'],
  ],
  note: 'Section 7, Table 1. Five judges, section 7.3 and Figure 2: DPO-Diff is better than Promptist or as good for 79 % of the prompts.',
};

const ATTACK: TableBlock = {
  kind: 'table',
  name: 'published-attack',
  title: 'Published: Table 1, attack',
  columns: [{ head: 'Prompts', as: 'text' }, { head: 'By', as: 'text' }, ...THREE_SOURCES],
  rows: [
    ['user', 'spherical CLIP loss', '0.76 ± 0.03', '0.77 ± 0.03', '0.77 ± 0.02'],
    ['DPO-Diff', 'spherical CLIP loss', '0.86 ± 0.05', '0.94 ± 0.04', '0.95 ± 0.05'],
    ['user', 'HPSv2', '75.28 ± 8.54', '75.28 ± 8.54', '73.57 ± 10.81'],
    ['DPO-Diff', 'HPSv2', '40.52 ± 11.88', '45.85 ± 10.18', '39.73 ± 16.73'],
  ],
  note: 'Section 7, Table 1. Five judges, section 7.2 and appendix G.2: 44 % of the attacks succeed.',
};

const RANDOM_PROMPTS: TableBlock = {
  kind: 'table',
  name: 'published-random-prompts',
  title: 'Published: Table 2',
  columns: [{ head: 'Prompts', as: 'text' }, ...THREE_SOURCES],
  rows: [
    ['user', '0.8741 ± 0.0203', '0.8606 ± 0.0096', '0.8159 ± 0.0100'],
    ['positive, synonyms', '0.8747 ± 0.0189', '0.8624 ± 0.0141', '0.8304 ± 0.0284'],
    ['negative, antonyms', '0.8579 ± 0.0242', '0.8403 ± 0.0210', '0.8133 ± 0.0197'],
  ],
  note: 'Section 8.2, Table 2: mean spherical CLIP loss of 100 prompts drawn at random from each space.',
};

/** Kinds of which the paper prints no numbers have none: Figures 5, 6 and 9 are drawings. */
const TABLES: Readonly<Record<ReportKind, Readonly<Record<'improve' | 'attack', TableBlock | undefined>>>> = {
  comparison: { improve: IMPROVE, attack: ATTACK },
  'random-prompts': { improve: RANDOM_PROMPTS, attack: RANDOM_PROMPTS },
  progress: { improve: undefined, attack: undefined },
  budget: { improve: undefined, attack: undefined },
  'gradient-norm': { improve: undefined, attack: undefined },
  'gradient-agreement': { improve: undefined, attack: undefined },
};

/** The published tables for runs of these tasks, each once. */
export function publishedTables(report: ReportKind, tasks: readonly ('improve' | 'attack')[]): TableBlock[] {
  return [...new Set(tasks.flatMap((task) => TABLES[report][task] ?? []))];
}
