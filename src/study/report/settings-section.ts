/** @file The settings that determine the study, and the command that repeats it. */
import type { AppliedLora } from '../../checkpoint/diffusers-folder.ts';
import type { LanguageModelRecord, PromptSpace } from '../../words/prompt-space.ts';
import { accelerationTexts } from '../acceleration-texts.ts';
import { escapeHtml } from '../escape-html.ts';
import { placeText } from '../execution-text.ts';
import type { PictureSettings } from '../recorded-settings.ts';
import { shellCommand, studyCommand } from '../shell-command.ts';
import { sizeConditioningTexts } from '../size-conditioning-text.ts';
import type { SimilarityConstraint } from '../study-event.ts';
import type { StudyRecord } from '../study-record.ts';
import type { StudyResult } from '../study-result.ts';
import { formatCount, formatSeconds, formatSeeds } from './format-number.ts';

const STOPPED_BY: Readonly<Record<StudyResult['stoppedBy'], string>> = {
  budget: 'the budget was spent',
  time: 'the time was up',
  plateau: 'no candidate was better for long',
  exhausted: 'every candidate was evaluated',
  rejected: 'nearly every candidate was too unlike the prompt',
  completed: 'the method was done',
  aborted: 'it was interrupted',
};

/** The settings and the command line; `command` is what was typed, or else it is put together from the settings. */
export function settingsSection(record: StudyRecord, command: readonly string[] | undefined): string {
  return [
    '<section aria-labelledby="settings">',
    '<h2 id="settings">Settings</h2>',
    `<dl class="settings">${settingPairs(record).map(settingItem).join('')}</dl>`,
    '<h3 id="repeat">To repeat it</h3>',
    `<pre tabindex="0" role="region" aria-labelledby="repeat"><code>${commandLine(command ?? studyCommand(record))}</code></pre>`,
    '</section>',
  ].join('\n');
}

/** Options are kept from breaking at their hyphens. */
function commandLine(args: readonly string[]): string {
  const words = args.map((arg) => {
    const word = escapeHtml(shellCommand([arg]));
    return arg.startsWith('-') ? `<span>${word}</span>` : word;
  });
  return words.join(' ');
}

function settingPairs({ started, result }: StudyRecord): [name: string, value: string][] {
  const { settings } = started;
  return [
    ['Model', settings.model],
    ...(settings.loras ?? []).map(loraPair),
    ['Scorer', settings.loss === 'cosine' ? `${settings.scorer}, cosine loss` : settings.scorer],
    ...(settings.heldOutScorer === undefined
      ? []
      : [['Held-out scorer', settings.heldOutScorer] as [string, string]]),
    ['Sampler', samplerText(settings)],
    ['Guidance scale', String(settings.guidanceScale)],
    ['Size', `${settings.width} × ${settings.height} pixels`],
    ...(settings.vaeTiling === 'on' ? [['Decoded', 'in tiles'] as [string, string]] : []),
    ['Computed on', placeText(settings)],
    ...sizeConditioningTexts(settings).map(({ label, text }): [string, string] => [label, text]),
    ['Searched seeds', formatSeeds(started.seeds)],
    ['Held-out seeds', formatSeeds(started.heldOutSeeds) || 'none'],
    ...goalPairs(started),
    ...wordPairs(started.space),
    ['Method', `${started.method}, search seed ${started.searchSeed}`],
    ['Budget', Number.isFinite(started.budget) ? `${started.budget} evaluations` : 'no limit on evaluations'],
    ...(started.constraint ? constraintPairs(started.constraint, result.rejected ?? 0) : []),
    ...(started.acceleration
      ? [['Faster', accelerationTexts(started.acceleration).join('; ')] as [string, string]]
      : []),
    ['Spent', spentText(result)],
    ['UNet calls', formatCount(result.unetCalls)],
    ['Time', formatSeconds(result.seconds)],
    ['Ended because', STOPPED_BY[result.stoppedBy]],
  ];
}

function goalPairs({ for: goal, seedLooks }: StudyRecord['started']): [name: string, value: string][] {
  return [
    ...(goal ? [['Sought', 'what works on seeds that the search never saw'] as [string, string]] : []),
    ...(seedLooks
      ? [
          ['Race over seeds', `candidates are looked at on the first ${seedLooks.join(', ')}`] as [
            string,
            string,
          ],
        ]
      : []),
  ];
}

function spentText({ evaluations, pruned, confirmed, gradientIterations }: StudyResult): string {
  return [
    `${evaluations} evaluations${pruned ? ` (${pruned} stopped early)` : ''}`,
    ...(confirmed ? [`${confirmed} confirmed`] : []),
    `${gradientIterations} gradient iterations`,
  ].join(', ');
}

/** Where the words come from, unless it is the dictionary. */
function wordPairs({ languageModel, keyConcepts }: PromptSpace): [name: string, value: string][] {
  return [
    ...(languageModel ? [['Language model', languageModelText(languageModel)] as [string, string]] : []),
    ...(keyConcepts ? [['Key concepts', keyConcepts.join(', ')] as [string, string]] : []),
  ];
}

function languageModelText({ model, host, template }: LanguageModelRecord): string {
  return `${model} at ${host}, question ${template}`;
}

function constraintPairs(
  { similarityModel, minSimilarity }: SimilarityConstraint,
  rejected: number,
): [name: string, value: string][] {
  const candidates = `${formatCount(rejected)} ${rejected === 1 ? 'candidate' : 'candidates'} below it`;
  return [
    ['Least similarity', `${minSimilarity} by ${similarityModel}`],
    ['Rejected', candidates],
  ];
}

function samplerText(settings: PictureSettings): string {
  const { scheduler, sampler, steps, eta, karrasSigmas, timestepSpacing } = settings;
  return [
    karrasSigmas ? `${sampler} Karras` : sampler,
    `${steps} steps`,
    ...(timestepSpacing === null ? [] : [`${timestepSpacing} spacing`]),
    ...(scheduler === 'ddim' ? [`eta ${eta}`] : []),
  ].join(', ');
}

/** The hash as far as the ecosystem shows it. */
function loraPair({ name, scale, sha256 }: AppliedLora): [name: string, value: string] {
  return ['LoRA', `${name}, scale ${scale} (${sha256.slice(0, 12)})`];
}

function settingItem([name, value]: readonly [string, string]): string {
  return `<div><dt>${name}</dt><dd>${escapeHtml(value)}</dd></div>`;
}
