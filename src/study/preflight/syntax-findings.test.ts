import { describe, expect, it } from 'vitest';
import type { PromptSpace } from '../../words/prompt-space.ts';
import { choiceSyntaxFindings, syntaxFindings } from './syntax-findings.ts';

function told(text: string): string[] {
  return syntaxFindings(text, 'prompt').map(({ message }) => message);
}

describe('syntaxFindings()', () => {
  it('says what becomes of each command, with its place', () => {
    expect(told('a (red:1.2) cat BREAK <lora:x:1>')).toEqual([
      'The prompt has commands of web UIs, which are read as plain text here: ' +
        '"(red:1.2)" at character 3 (the weight has no effect and is not searched), ' +
        '"BREAK" at character 17 (the prompt is not split there), ' +
        '"<lora:x:1>" at character 23 (no file is loaded; give it with --lora FILE:SCALE).',
    ]);
  });

  it('is gentle with ordinary brackets', () => {
    expect(told('a (very) red cat')).toEqual([
      'The prompt has brackets, which are read as plain text: "(very)" at character 3. ' +
        String.raw`A web UI would change the weight of the words in them; there, write \( and \) for the same picture.`,
    ]);
  });

  it('lists five at most, each shortened', () => {
    const [message] = told(
      Array(8)
        .fill(`(${'red '.repeat(20)}:1.2)`)
        .join(' '),
    );
    expect(message).toMatch(/and 3 more\.$/);
    expect(message.length).toBeLessThan(700);
  });

  it('is silent about ordinary prompts', () => {
    for (const prompt of ['a red cat', 'at 10:30, 3:2, :)', 'CATS AND DOGS', ''])
      expect(told(prompt)).toEqual([]);
  });
});

describe('choiceSyntaxFindings()', () => {
  it('names words that a web UI would not read as words', () => {
    const choices = ['dog', 'dog (animal)', 'a)', 'a|b'].map((text) => ({
      text,
      source: 'file',
      relation: 'contrast',
      score: 1,
    }));
    const space: PromptSpace = {
      prompt: 'cat',
      task: 'improve',
      slots: [{ text: 'cat', start: 0, choices }],
    };
    const [{ message }] = choiceSyntaxFindings(space);
    expect(message).toContain('a web UI: "dog (animal)", "a)". They');
    const plain = { ...space, slots: [{ ...space.slots[0], choices: choices.slice(0, 1) }] };
    expect(choiceSyntaxFindings(plain)).toEqual([]);
  });
});
