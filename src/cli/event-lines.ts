/** @file The lines that tell of a study: a few, one for each new best and for each part of the work. */

import { accelerationTexts } from '../study/acceleration-texts.ts';
import { passedOverText, placeText } from '../study/execution-text.ts';
import type {
  CandidateEvent,
  ConfirmationEvent,
  GradientIterationEvent,
  RejectedEvent,
  SamplingEvent,
  StartedEvent,
  StudyEvent,
} from '../study/study-event.ts';
import type { PromptSearch, PromptSpace } from '../words/prompt-space.ts';
import { searchOf } from '../words/searched-slots.ts';
import { counted } from './amount-text.ts';
import { seedText } from './seed-text.ts';
import { visibleText } from './visible-text.ts';

const PHASES: Readonly<Record<CandidateEvent['phase'], string>> = {
  original: 'The original:',
  random: 'Random candidates:',
  evolution: 'Evolution:',
  gradient: 'Candidates from the learned words:',
};

/** What is sampled after the search. */
const SAMPLING: Readonly<Partial<Record<SamplingEvent['phase'], string>>> = {
  'held-out': 'Pictures on the held-out seeds.',
  ablation: 'Leaving out one word after the other.',
};

/** Turns events into lines; it remembers which part of the work was announced last. */
export class EventLines {
  readonly #verbose: boolean;
  #part = '';
  #search: PromptSearch = 'negative';

  /** @param verbose a line for every evaluation and gradient iteration, not for each new best only */
  constructor(verbose: boolean) {
    this.#verbose = verbose;
  }

  /** Usually none. */
  of(event: StudyEvent): readonly string[] {
    return this.#linesOf(event).map(visibleText);
  }

  #linesOf(event: StudyEvent): readonly string[] {
    switch (event.type) {
      case 'started':
        this.#search = searchOf(event.space);
        return [...startedLines(event), ...this.#passedOver(event)];
      case 'warning':
        return [`Warning: ${event.message}`];
      case 'gradient':
        return [...this.#enter('Gradient search: learning which words matter.'), ...this.#iteration(event)];
      case 'candidate':
        return this.#candidate(event);
      case 'rejected':
        return this.#rejected(event);
      case 'confirmation':
        return [...this.#enter('The best once more, with exact pictures.'), ...this.#confirmation(event)];
      case 'sampling':
        return [SAMPLING[event.phase] ?? []].flat().flatMap((part) => this.#enter(part));
      default:
        return [];
    }
  }

  #passedOver({ passedOver = [] }: StartedEvent): string[] {
    return this.#verbose ? passedOver.map((device) => `  ${passedOverText(device)}`) : [];
  }

  #enter(part: string): string[] {
    if (part === this.#part) return [];
    this.#part = part;
    return [part];
  }

  #candidate(event: CandidateEvent): string[] {
    const told = this.#verbose || event.improved || (event.phase === 'original' && event.invalid !== null);
    const line = `  ${String(event.index + 1).padStart(3)}  ${outcomeOf(event)}  ${this.#words(event)}`;
    return [...this.#enter(PHASES[event.phase]), ...(told ? [line.trimEnd()] : [])];
  }

  #rejected({ phase, similarity, prompt }: RejectedEvent): string[] {
    if (!this.#verbose) return this.#enter(PHASES[phase]);
    const line = `       rejected, similarity ${similarity.toFixed(3)}  ${JSON.stringify(prompt)}`;
    return [...this.#enter(PHASES[phase]), line];
  }

  #confirmation(event: ConfirmationEvent): string[] {
    const outcome = event.loss === null ? `not counted: ${event.invalid}` : `loss ${event.loss.toFixed(3)}`;
    const before = event.searchLoss === null ? '' : ` (${event.searchLoss.toFixed(3)} in the search)`;
    const words = this.#words({ ...event, phase: event.index === 0 ? 'original' : undefined });
    return [`       ${outcome}${before}  ${words}`];
  }

  #words({ phase, prompt, negativePrompt }: WordsOf): string {
    if (this.#search === 'positive') return JSON.stringify(prompt);
    const negative =
      phase === 'original' && negativePrompt === ''
        ? 'without a negative prompt'
        : JSON.stringify(negativePrompt);
    if (this.#search === 'negative') return negative;
    return `${JSON.stringify(prompt)} ${negativePrompt === '' ? 'without a negative prompt' : `negative ${negative}`}`;
  }

  #iteration({ iteration, stepIndex, loss }: GradientIterationEvent): string[] {
    if (!this.#verbose) return [];
    return [`  iteration ${iteration + 1}  at step ${stepIndex}  loss ${loss?.toFixed(3) ?? 'not finite'}`];
  }
}

type WordsOf = Pick<CandidateEvent, 'prompt' | 'negativePrompt'> & {
  readonly phase?: CandidateEvent['phase'] | undefined;
};

function startedLines({ constraint, studyId, ...started }: StartedEvent): string[] {
  const { space, choices, seeds, method, budget, settings } = started;
  const combinations = choices.reduce((product, { length }) => product * length, 1);
  const sought = SOUGHT[searchOf(space)];
  const size = `${settings.width}x${settings.height}`;
  return [
    `${studyId === undefined ? 'Searching' : `Study ${studyId}: searching`} ${sought} for ${JSON.stringify(space.prompt)}: ${slotCount(space, choices.length)}, ${counted(combinations, 'combination')}.`,
    `${settings.model}, ${size} pixels, ${stepsText(settings)}, guidance ${settings.guidanceScale}, ${seedText(seeds)}; ${method} search, ${counted(budget, 'evaluation')}; on ${placeText(settings)}.`,
    ...goalLines(started),
    ...(started.acceleration ? [`Faster: ${accelerationTexts(started.acceleration).join('; ')}.`] : []),
    ...(constraint
      ? [
          `Prompts less similar than ${constraint.minSimilarity} are rejected, by ${constraint.similarityModel}.`,
        ]
      : []),
  ];
}

function goalLines({
  for: goal,
  seedLooks,
  seeds,
}: Pick<StartedEvent, 'for' | 'seedLooks' | 'seeds'>): string[] {
  const race = seedLooks
    ? `a candidate is looked at on ${seedLooks.join(', ')} of the ${seeds.length} seeds, and stopped where it can hardly win`
    : 'every candidate sees all seeds';
  if (goal) return [`For a prompt, which is to work on seeds that it never saw; ${race}.`];
  return seedLooks ? [`Race over seeds: ${race}.`] : [];
}

const SOUGHT: Readonly<Record<PromptSearch, string>> = {
  negative: 'a negative prompt',
  positive: 'substitutes',
  both: 'substitutes and a negative prompt',
};

/** Where both prompts are searched, a word may have a slot in each. */
function slotCount(space: PromptSpace, slots: number): string {
  const { library = [] } = space;
  const words = counted(slots - library.length, searchOf(space) === 'both' ? 'slot' : 'word');
  return library.length === 0 ? words : `${words} and ${counted(library.length, 'slot')} of the library`;
}

/** DDIM, which nobody needs to be told of, goes unnamed. */
function stepsText({ scheduler, sampler, steps, karrasSigmas }: StartedEvent['settings']): string {
  if (scheduler === 'ddim') return counted(steps, 'step');
  return `${counted(steps, 'step')} of ${sampler}${karrasSigmas ? ' Karras' : ''}`;
}

function outcomeOf({ loss, invalid, pruned, scorers = [] }: CandidateEvent): string {
  if (pruned) return `stopped early at loss ${pruned.loss.toFixed(3)}`;
  if (loss === null) return `not counted: ${invalid}`;
  const parts = scorers.map((part) => `${part.scorer} ${part.loss.toFixed(3)}`).join(', ');
  return `loss ${loss.toFixed(3)}${parts === '' ? '' : ` (${parts})`}`;
}
