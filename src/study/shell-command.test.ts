import { execFileSync } from 'node:child_process';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { syntheticEvents } from '../../tests/study/synthetic-study.ts';
import { searchOf } from '../words/searched-slots.ts';
import { shellCommand, studyCommand } from './shell-command.ts';
import type { StartedEvent, StudyFinishedEvent } from './study-event.ts';

function commandOf(options: Parameters<typeof syntheticEvents>[0]): string {
  const events = syntheticEvents(options);
  const { result } = events.at(-1) as StudyFinishedEvent;
  return shellCommand(studyCommand({ started: events[0] as StartedEvent, result }));
}

describe('shellCommand()', () => {
  it('quotes for a POSIX shell, which reads the same words back', () => {
    const word = fc.string({ unit: 'grapheme', maxLength: 20 }).filter((text) => !text.includes('\0'));
    const samples = fc.sample(word, { numRuns: 60, seed: 4 });
    samples.push('', "it's", '$HOME `ls` "x" \\', 'a b', '*', '~', '-', '!', '猫');
    const output = execFileSync('sh', ['-c', `${shellCommand(['printf', '%s\\0', ...samples])}`]);
    expect(output.toString().split('\0').slice(0, -1)).toEqual(samples);
  });
});

describe('studyCommand()', () => {
  it('asks for the same study', () => {
    expect(commandOf({})).toBe(
      "npx dpo-diff improve 'a red cat and a blue car' --seeds 0,1 --held-out-seeds 2,3,4,5 --steps 20 --guidance 5 --scheduler ddim --spacing leading --size 64x64 --method hybrid --search-seed 0 --budget 40",
    );
  });

  it('says which prompts were searched where that is not what the task does, and with what words', () => {
    const events = syntheticEvents({});
    const started = events[0] as StartedEvent;
    const { result } = events.at(-1) as StudyFinishedEvent;
    const commandWith = (space: StartedEvent['space']) =>
      studyCommand({ started: { ...started, space }, result: { ...result, search: searchOf(space) } }).join(
        ' ',
      );
    const { space } = started;
    const [slot] = space.slots;
    expect(commandWith(space)).not.toMatch(/--search |--space /);
    const both = { ...space, slots: [slot, { ...slot, part: 'positive' as const }] };
    expect(commandWith(both)).toContain(' --search both ');
    expect(commandWith({ ...space, slots: [{ ...slot, part: 'positive' }] })).toContain(
      ' --search positive ',
    );
    const library = [{ theme: 'quality', choices: slot.choices }];
    expect(commandWith({ ...both, library })).toContain(' --space antonym+synonym+library ');
    expect(commandWith({ ...space, slots: [], library })).toContain(' --space library ');
  });

  it('says the sampler, where it has them with its sigmas and its spacing', () => {
    const events = syntheticEvents({});
    const started = events[0] as StartedEvent;
    const { result } = events.at(-1) as StudyFinishedEvent;
    const commandWith = (settings: Partial<StartedEvent['settings']>) =>
      studyCommand({ started: { ...started, settings: { ...started.settings, ...settings } }, result }).join(
        ' ',
      );
    expect(commandWith({ scheduler: 'dpm++2m', karrasSigmas: true, timestepSpacing: 'trailing' })).toContain(
      ' --scheduler dpm++2m --karras --spacing trailing ',
    );
    expect(commandWith({ vaeTiling: 'on' })).toContain(' --size 64x64 --vae-tiling on ');
    expect(commandWith({ scheduler: 'lcm', timestepSpacing: null })).toContain(' --scheduler lcm --size ');
  });

  it('names the model as somebody named it, which is more than what it is called', () => {
    const events = syntheticEvents({});
    const started = events[0] as StartedEvent;
    const { result } = events.at(-1) as StudyFinishedEvent;
    const commandWith = (namedModel: NonNullable<StartedEvent['namedModel']>) =>
      shellCommand(studyCommand({ started: { ...started, namedModel }, result }));
    const loras = [{ source: 'org/style', scale: 0.5 }];
    const named = { source: 'models/my model.safetensors', pipelineConfig: 'models/sd', loras };
    expect(commandWith(named)).toContain(
      " --model 'models/my model.safetensors' --pipeline-config models/sd --lora org/style:0.5 --seeds ",
    );
    expect(commandWith({ predictionType: 'v_prediction', variant: 'fp16' })).toContain(
      "blue car' --prediction-type v_prediction --variant fp16 --seeds ",
    );
  });

  it('asks the same language model, for the key concepts where they were', () => {
    const events = syntheticEvents({});
    const started = events[0] as StartedEvent;
    const { result } = events.at(-1) as StudyFinishedEvent;
    const commandWith = (space: Partial<StartedEvent['space']>) =>
      studyCommand({ started: { ...started, space: { ...started.space, ...space } }, result }).join(' ');
    const languageModel = { model: 'm', host: 'h', template: 'words/1' };
    const choices = [{ text: 'dog', source: 'llm', relation: 'opposite', score: 1 }];
    const slots = [{ text: 'cat', start: 6, choices }];
    expect(commandWith({ languageModel, slots })).toContain(' --words llm --llm-model m --seeds');
    expect(commandWith({ languageModel, keyConcepts: ['red cat'] })).toContain(
      ' --words llm+dictionary --llm-model m --keywords --seeds',
    );
  });

  it('says what it is for, how candidates race over seeds, and whether words are left out', () => {
    const events = syntheticEvents({});
    const { result } = events.at(-1) as StudyFinishedEvent;
    const commandWith = (more: Partial<StartedEvent>) =>
      studyCommand({ started: { ...(events[0] as StartedEvent), ...more }, result }).join(' ');
    expect(commandWith({ for: 'prompt', seedLooks: [2, 4], ablation: true })).toContain(
      ' --for prompt --race-seeds 2,4 --ablation --method',
    );
    expect(commandWith({ for: 'prompt' })).toContain(' --for prompt --race-seeds never --method');
    expect(commandWith({ seedLooks: [2] })).toContain(' --race-seeds 2 --method');
    expect(commandWith({})).not.toMatch(/--for|--race-seeds|--ablation/);
  });

  it('guards a prompt that looks like an option, and says that no seeds were held out', () => {
    const command = commandOf({ task: 'attack', prompt: '-x', heldOutSeeds: [] });
    expect(command).toMatch(/^npx dpo-diff attack --seeds 0,1 --held-out-seeds none .* -- -x$/);
  });
});
