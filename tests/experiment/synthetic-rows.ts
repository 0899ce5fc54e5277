/** @file Rows as an experiment on the embedded model might give, made from a seed: to test reports by, not to report. */
import type {
  ExperimentDefinition,
  ExperimentRun,
  ReportKind,
} from '../../src/experiment/experiment-definition.ts';
import type {
  BestOfSeedsRow,
  CoursePoint,
  GradientAgreementRow,
  GradientNormRow,
  MeasuredPrompts,
  RandomPromptsRow,
  StudyRow,
} from '../../src/experiment/experiment-row.ts';
import { MersenneTwister } from '../../src/tensor/mersenne-twister.ts';

export interface SyntheticOptions {
  readonly run?: string;
  readonly prompts?: number;
  readonly searchSeeds?: readonly number[];
  readonly task?: 'improve' | 'attack';
  /** What a search gains on the searched seeds; half of it is there on held-out seeds. @default 0.06 */
  readonly gain?: number;
  /** What the held-out scorer sees of it. @default 0.03 */
  readonly judgedGain?: number;
  readonly end?: number;
  /** How fast the best is found: the share of the gain after a quarter of the end. @default 0.6 */
  readonly early?: number;
  /** Content hashes of a picture. @default none */
  readonly image?: string;
  readonly seed?: number;
}

const COLOURS = ['red', 'blue', 'green', 'yellow', 'purple', 'orange'];
const OBJECTS = ['cat', 'car', 'tree', 'boat', 'key', 'moon', 'bell'];
const WORDS = ['feline', 'vehicle', 'dark', 'blurry', 'house', 'crowd'];

export function syntheticPrompt(index: number): string {
  const at = (list: readonly string[], place: number) => list[place % list.length];
  return `a ${at(COLOURS, index)} ${at(OBJECTS, index)} and a ${at(COLOURS, index + 2)} ${at(OBJECTS, index + 3)}`;
}

export function syntheticDefinition(
  report: ReportKind,
  runs: readonly Partial<ExperimentRun>[] = [{}],
  given: Partial<ExperimentDefinition> = {},
): ExperimentDefinition {
  return {
    name: `synthetic-${report}`,
    title: `Synthetic ${report}`,
    paper: 'Table 1',
    found: 'What the paper found, in a sentence.',
    report,
    prompts: { from: 'world', count: 20, seed: 0 },
    searchSeeds: [0],
    options: { steps: 20 },
    runs: runs.map((run) => ({
      ...{ name: 'hybrid', kind: 'study', task: 'improve', options: {}, parameters: {} },
      ...run,
    })),
    ...given,
  };
}

function originOf(run: string, promptIndex: number, searchSeed: number) {
  const prompt = syntheticPrompt(promptIndex);
  return { run, promptIndex, prompt, searchSeed, seconds: 21.5, unetCalls: 1680 };
}

/** One search for each prompt and search seed. */
export function syntheticStudies(options: SyntheticOptions = {}): StudyRow[] {
  const { prompts = 20, searchSeeds = [0], seed = 0 } = options;
  return Array.from({ length: prompts }, (_, promptIndex) =>
    searchSeeds.map((searchSeed) =>
      studyOf(
        options,
        promptIndex,
        searchSeed,
        new MersenneTwister(seed * 7919 + promptIndex * 31 + searchSeed),
      ),
    ),
  ).flat();
}

function studyOf(
  options: SyntheticOptions,
  promptIndex: number,
  searchSeed: number,
  rng: MersenneTwister,
): StudyRow {
  const { run = 'hybrid', task = 'improve', gain = 0.06, judgedGain = 0.03, end = 40 } = options;
  const sign = task === 'attack' ? 1 : -1;
  const level = 0.48 + 0.04 * Math.sin(promptIndex);
  const found = gain * (0.5 + rng.float64());
  const original = measured(options, syntheticPrompt(promptIndex), '', level, 0, 0, 0.55, rng);
  const [prompt, negative] =
    task === 'attack'
      ? [syntheticPrompt(promptIndex).replace('cat', 'feline'), '']
      : [
          syntheticPrompt(promptIndex),
          `${WORDS[promptIndex % WORDS.length]}, ${WORDS[(promptIndex + 1) % WORDS.length]}`,
        ];
  const best = measured(
    options,
    prompt,
    negative,
    level,
    sign * found,
    sign * judgedGain,
    0.55 - sign * 2 * gain,
    rng,
  );
  const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  return {
    ...originOf(run, promptIndex, searchSeed),
    ...{
      kind: 'study',
      task,
      studyId: `s${promptIndex}x${searchSeed}`,
      seeds: [0, 1],
      heldOutSeeds: [100, 101, 102],
    },
    concepts: ['red cat', 'blue car'],
    ...{ original, best, evaluations: end },
    ...(task === 'attack' && { similarity: 0.91, altersMeaning: promptIndex % 5 === 0 }),
    course: courseOf(options, mean(original.losses), mean(best.losses), rng),
    meanCandidateLoss: level + 0.002,
  };
}

function measured(
  { image }: SyntheticOptions,
  prompt: string,
  negativePrompt: string,
  level: number,
  change: number,
  judgedChange: number,
  hitRate: number,
  rng: MersenneTwister,
): MeasuredPrompts {
  const around = (value: number, count: number) =>
    Array.from({ length: count }, () => value + 0.02 * (rng.float64() - 0.5));
  const hits = (count: number) =>
    Array.from({ length: count }, () => [rng.float64() < hitRate + 0.1, rng.float64() < hitRate - 0.1]);
  return {
    ...{
      prompt,
      negativePrompt,
      losses: around(level + change, 2),
      heldOutLosses: around(level + change / 2, 3),
    },
    judgedLosses: around(level + 0.1 + judgedChange, 2),
    heldOutJudgedLosses: around(level + 0.1 + judgedChange / 2, 3),
    ...{ hits: hits(2), heldOutHits: hits(3) },
    images: image === undefined ? [] : [image, image],
    heldOutImages: image === undefined ? [] : [image, image, image],
  };
}

/** From the original at 1 evaluation to the best at the end. */
function courseOf(
  { end = 40, early = 0.6, image }: SyntheticOptions,
  from: number,
  to: number,
  rng: MersenneTwister,
): CoursePoint[] {
  const images = image === undefined ? {} : { images: [image, image] };
  const points = [1, end / 8, end / 4, end / 2, (3 * end) / 4, end];
  return points.map((spent, i) => {
    const share =
      i === 0 ? 0 : i === points.length - 1 ? 1 : Math.min(1, early + ((1 - early) * (i - 2)) / 3);
    const shaken = Math.min(1, Math.max(0, share * (0.9 + 0.2 * rng.float64())));
    const bestLoss = from + (to - from) * (i === points.length - 1 ? 1 : shaken);
    return { spent, unetCalls: Math.round(spent * 42), bestLoss, ...images };
  });
}

export function syntheticRandomPrompts(
  run: string,
  { prompts = 20, shift = -0.01, seed = 0 }: { prompts?: number; shift?: number; seed?: number } = {},
): RandomPromptsRow[] {
  return Array.from({ length: prompts }, (_, promptIndex) => {
    const rng = new MersenneTwister(seed * 101 + promptIndex);
    const level = 0.48 + 0.04 * Math.sin(promptIndex);
    return {
      ...originOf(run, promptIndex, 0),
      kind: 'random-prompts',
      original: measured({}, syntheticPrompt(promptIndex), '', level, 0, 0, 0.5, rng),
      candidateLosses: Array.from({ length: 30 }, () => level + shift + 0.05 * (rng.float64() - 0.5)),
      candidateHitRates: Array.from({ length: 30 }, () => Math.round(4 * rng.float64()) / 4),
      negativePrompts: ['dark, house', 'crowd'],
    };
  });
}

export function syntheticNorms(run: string, prompts = 10, steps = 20): GradientNormRow[] {
  return Array.from({ length: prompts * steps }, (_, i) => {
    const [promptIndex, stepIndex] = [Math.floor(i / steps), i % steps];
    const rng = new MersenneTwister(i);
    const bell = Math.exp(-(((stepIndex - steps / 2) / (steps / 4)) ** 2));
    const timestep = 951 - 50 * stepIndex;
    const norm = 0.002 + 0.02 * bell * (0.5 + rng.float64());
    return { ...originOf(run, promptIndex, 0), kind: 'gradient-norm', stepIndex, steps, timestep, norm };
  });
}

export function syntheticAgreement(prompts = 8, steps = 20): GradientAgreementRow[] {
  const depths = [1, 2, 4, steps];
  return Array.from({ length: prompts }, (_, promptIndex) =>
    depths.flatMap((gradientSteps, depth) =>
      [5, 8, 10, 12, 15].map((stepIndex, i): GradientAgreementRow => {
        const rng = new MersenneTwister(promptIndex * 97 + depth * 11 + i);
        const cosine = Math.min(1, 0.25 + 0.2 * depth + 0.1 * (rng.float64() - 0.5) + 0.01 * i);
        return {
          ...originOf('agreement', promptIndex, 0),
          ...{ kind: 'gradient-agreement', gradientSteps, stepIndex, steps },
          ...{ cosine, milliseconds: 40 * gradientSteps + 30, fullMilliseconds: 830 },
        };
      }),
    ),
  ).flat();
}

export function syntheticBestOfSeeds(run: string, prompts = 20, pictures = 40): BestOfSeedsRow[] {
  return Array.from({ length: prompts }, (_, promptIndex) => {
    const rng = new MersenneTwister(promptIndex + 5);
    let best = 0.52;
    const bestLosses = Array.from({ length: pictures }, () => {
      best = Math.min(best, 0.4 + 0.2 * rng.float64());
      return best;
    });
    return {
      ...originOf(run, promptIndex, 0),
      ...{ kind: 'best-of-seeds', seeds: pictures, isNegativeSearched: false, bestLosses },
      unetCallsAt: bestLosses.map((_, i) => 20 * (i + 1)),
      best: { loss: bestLosses.at(-1)!, seed: 17, negativePrompt: '', image: '', hits: [true, false] },
    };
  });
}
