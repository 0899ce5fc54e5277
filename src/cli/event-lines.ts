/** @file The lines that tell of a study: a few, one for each new best and for each part of the work. */
import { passedOverText, placeText } from '../study/execution-text.ts';
import type {
  CandidateEvent,
  GradientIterationEvent,
  RejectedEvent,
  StartedEvent,
  StudyEvent,
} from '../study/study-event.ts';
import { seedText } from './seed-text.ts';

const PHASES: Readonly<Record<CandidateEvent['phase'], string>> = {
  original: 'The original:',
  random: 'Random candidates:',
  evolution: 'Evolution:',
  gradient: 'Candidates from the learned words:',
};

/** Turns events into lines; it remembers which part of the work was announced last. */
export class EventLines {
  readonly #verbose: boolean;
  #part = '';
  #task: StartedEvent['space']['task'] = 'improve';

  /** @param verbose a line for every evaluation and gradient iteration, not for each new best only */
  constructor(verbose: boolean) {
    this.#verbose = verbose;
  }

  /** Usually none. */
  of(event: StudyEvent): readonly string[] {
    switch (event.type) {
      case 'started':
        this.#task = event.space.task;
        return [...startedLines(event), ...this.#passedOver(event)];
      case 'warning':
        return [`Warning: ${event.message}`];
      case 'gradient':
        return [...this.#enter('Gradient search: learning which words matter.'), ...this.#iteration(event)];
      case 'candidate':
        return this.#candidate(event);
      case 'rejected':
        return this.#rejected(event);
      case 'sampling':
        return event.phase === 'held-out' ? this.#enter('Pictures on the held-out seeds.') : [];
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

  #words({ phase, prompt, negativePrompt }: CandidateEvent): string {
    if (this.#task === 'attack') return JSON.stringify(prompt);
    return phase === 'original' ? 'without a negative prompt' : JSON.stringify(negativePrompt);
  }

  #iteration({ iteration, stepIndex, loss }: GradientIterationEvent): string[] {
    if (!this.#verbose) return [];
    return [`  iteration ${iteration + 1}  at step ${stepIndex}  loss ${loss?.toFixed(3) ?? 'not finite'}`];
  }
}

function startedLines({ constraint, ...started }: StartedEvent): string[] {
  const { space, choices, seeds, method, budget, settings } = started;
  const combinations = choices.reduce((product, { length }) => product * length, 1);
  const sought = space.task === 'improve' ? 'a negative prompt' : 'substitutes';
  const size = `${settings.width}x${settings.height}`;
  return [
    `Searching ${sought} for ${JSON.stringify(space.prompt)}: ${count(choices.length, 'word')}, ${count(combinations, 'combination')}.`,
    `${settings.model}, ${size} pixels, ${stepsText(settings)}, guidance ${settings.guidanceScale}, ${seedText(seeds)}; ${method} search, ${count(budget, 'evaluation')}; on ${placeText(settings)}.`,
    ...(constraint
      ? [
          `Prompts less similar than ${constraint.minSimilarity} are rejected, by ${constraint.similarityModel}.`,
        ]
      : []),
  ];
}

/** DDIM, which nobody needs to be told of, goes unnamed. */
function stepsText({ scheduler, sampler, steps, karrasSigmas }: StartedEvent['settings']): string {
  if (scheduler === 'ddim') return count(steps, 'step');
  return `${count(steps, 'step')} of ${sampler}${karrasSigmas ? ' Karras' : ''}`;
}

function outcomeOf({ loss, invalid, scorers = [] }: CandidateEvent): string {
  if (loss === null) return `not counted: ${invalid}`;
  const parts = scorers.map((part) => `${part.scorer} ${part.loss.toFixed(3)}`).join(', ');
  return `loss ${loss.toFixed(3)}${parts === '' ? '' : ` (${parts})`}`;
}

function count(value: number, noun: string): string {
  return `${value.toLocaleString('en-US')} ${noun}${value === 1 ? '' : 's'}`;
}
