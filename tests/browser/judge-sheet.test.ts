/** @file The judges' page in a browser, from disk: answered by keyboard and mouse, kept through a reload, saved, loaded, and imported. */
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { judgementSheet } from '../../src/experiment/judgement/judgement-sheet.ts';
import { judgementTables } from '../../src/experiment/judgement/judgement-tables.ts';
import { readAnswers } from '../../src/experiment/judgement/read-answers.ts';
import { altersMeaning, JUDGED_PAIRS, SECRETS, truthOf } from '../experiment/judged-scenes.ts';
import { findBrowser } from './find-browser.ts';

const program = await findBrowser();
if (typeof program === 'string') console.warn(`The judges' page is not tested: ${program}.`);

const { html, key } = judgementSheet(JUDGED_PAIRS, { title: 'Two methods', experiment: 'scenes', seed: 3 });
const attacks = key.cards.filter(({ task }) => task === 'attack');

describe.skipIf(typeof program === 'string')('the judges’ page', () => {
  let browser: Browser;
  let folder: string;
  let url: string;
  let context: BrowserContext;
  let page: Page;
  let complaints: string[];

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'judge-'));
    await writeFile(join(folder, 'sheet.html'), html);
    url = pathToFileURL(join(folder, 'sheet.html')).href;
    const { executablePath, args } = program as Exclude<typeof program, string>;
    // In a single process the browser ends with its first context.
    const several = args.filter((argument) => argument !== '--single-process');
    browser = await chromium.launch({ executablePath, args: several, headless: true });
  });
  afterAll(async () => {
    await browser?.close();
    await rm(folder, { recursive: true, force: true });
  });
  beforeEach(async () => {
    context = await browser.newContext({ acceptDownloads: true });
    complaints = [];
    await open();
  });
  afterEach(async () => {
    await context.close();
    expect(complaints).toEqual([]);
  });

  async function open() {
    page = await context.newPage();
    page.on('pageerror', (error) => complaints.push(String(error)));
    page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()));
    page.on('request', (request) => {
      if (!/^(file|data|blob):/.test(request.url())) complaints.push(`asks ${request.url()}`);
    });
    await page.goto(url);
  }

  const press = async (...keys: readonly string[]) => {
    for (const one of keys) await page.keyboard.press(one);
  };
  const count = () => page.textContent('#count');
  const checkbox = (side: string, picture: number, concept: number) =>
    page.locator(`fieldset[data-side=${side}][data-picture="${picture}"] [data-concept="${concept}"]`);

  /** The card that is shown. */
  async function shownCard() {
    const place = Number(/Pair (\d+)/.exec((await page.textContent('#place'))!)![1]) - 1;
    return key.cards[place];
  }

  async function markByKeyboard(truth: ReturnType<typeof truthOf>) {
    for (const [picture] of truth.left.entries()) {
      for (const [side, arrow] of [
        ['left', 'ArrowLeft'],
        ['right', 'ArrowRight'],
      ] as const) {
        await press(arrow);
        for (const [concept, isThere] of truth[side][picture].entries())
          if (isThere) await press(`${concept + 1}`);
      }
      await press('ArrowDown');
    }
  }

  async function markByMouse(truth: ReturnType<typeof truthOf>) {
    for (const side of ['left', 'right'] as const) {
      for (const [picture, marks] of truth[side].entries()) {
        for (const [concept, isThere] of marks.entries()) {
          if (isThere) await checkbox(side, picture, concept).click();
        }
      }
    }
  }

  /** Judges what is shown, and goes on. */
  async function judgeCard(by: 'keyboard' | 'mouse') {
    const card = await shownCard();
    if (by === 'keyboard') await markByKeyboard(truthOf(card));
    else await markByMouse(truthOf(card));
    if (by === 'keyboard') await press('Enter');
    else await page.click('#done');
    if (card.task === 'improve') return;
    const digit = altersMeaning(card) ? '2' : '1';
    if (by === 'keyboard') await press(digit);
    else await page.click(`[data-digit="${digit}"]`);
  }

  async function savedText() {
    const waiting = page.waitForEvent('download');
    await page.click('#save');
    const download = await waiting;
    return { name: download.suggestedFilename(), text: await readFile(await download.path(), 'utf8') };
  }

  it('is answered by keyboard and mouse, kept through a reload, saved, and imported', async () => {
    await page.fill('#judge', 'Ann Özil');
    await page.locator('#judge').blur();
    for (let at = 0; at < 3; at++) await judgeCard(at === 1 ? 'mouse' : 'keyboard');
    expect(await count()).toBe('3 of 5 judged');
    await checkbox('left', 0, 1).check();

    await page.reload();
    expect(await count()).toBe('3 of 5 judged');
    expect(await page.inputValue('#judge')).toBe('Ann Özil');
    expect(await page.textContent('#place')).toBe('Pair 4 of 5');
    expect(await checkbox('left', 0, 1).isChecked()).toBe(true);
    await checkbox('left', 0, 1).uncheck();
    await judgeCard('mouse');
    await judgeCard('keyboard');
    expect(await count()).toBe('5 of 5 judged');
    expect(await page.textContent('#message')).toContain('All pairs are judged');

    const { name, text } = await savedText();
    expect(name).toBe(`answers-${key.sheet}-ann-özil.json`);
    const [answers] = readAnswers([{ name, text }], key);
    expect(answers).toMatchObject({ judge: 'Ann Özil', incomplete: 0 });
    for (const card of key.cards) expect(answers.complete.get(card.card)).toMatchObject(truthOf(card));

    const { runs } = judgementTables([answers], key);
    const outcomes = Object.fromEntries(runs.map(({ run, all }) => [run, all.outcomes]));
    expect(outcomes['hybrid-run']).toMatchObject({ comparisons: 2, wins: 1, draws: 1, losses: 0 });
    expect(outcomes['evolution-run']).toMatchObject({ comparisons: 2, wins: 0, draws: 1, losses: 1 });
    expect(outcomes['attack-run']).toMatchObject({ attempts: 2, successes: 1, altered: 1, draws: 0 });
  });

  it('shows an attack’s prompt only once the pictures were judged, and fixes the marks then', async () => {
    for (const [index, card] of attacks.entries()) {
      const { prompt, negativePrompt } = card.candidate;
      await page.reload();
      while ((await shownCard()) !== card) await press('Shift+ArrowRight');
      expect(await page.content()).not.toContain(prompt);
      await press('1', 'Enter');
      expect(await page.textContent('#changed')).toBe(prompt);
      const shown = (await page.textContent('main'))!;
      for (const secret of SECRETS) {
        expect(shown.includes(secret)).toBe(prompt.includes(secret) || negativePrompt.includes(secret));
      }
      expect(await checkbox('left', 0, 0).isDisabled()).toBe(true);
      await page.reload();
      expect(await checkbox('left', 0, 0).isChecked()).toBe(true);
      expect(await checkbox('left', 0, 0).isDisabled()).toBe(true);
      expect(await count()).toBe(`${index} of 5 judged`);
      await press('2');
      expect(await count()).toBe(`${index + 1} of 5 judged`);
      for (let back = 0; back < 5; back++) await press('Shift+ArrowLeft');
    }
  });

  it('enlarges a picture, and takes no marks meanwhile', async () => {
    const width = () =>
      page.evaluate("document.querySelector('#enlarged img').getBoundingClientRect().width");
    await page.click('fieldset[data-side=right] .enlarge');
    expect(await width()).toBeGreaterThan(500);
    await press('1', 'Enter');
    await page.click('#enlarged img');
    expect(await page.isVisible('#enlarged')).toBe(false);
    expect(await checkbox('right', 0, 0).isChecked()).toBe(false);
    expect(await count()).toBe('0 of 5 judged');
    // The picture that was clicked is the one that digits mark now.
    await press('1');
    expect(await checkbox('right', 0, 0).isChecked()).toBe(true);
  });

  it('asks for a name before it saves, and says what is left', async () => {
    await page.click('#save');
    expect(await page.textContent('#message')).toContain('your name');
    expect(await page.evaluate('document.activeElement.id')).toBe('judge');
    // Digits and Enter belong to the field now.
    await page.keyboard.type('B1');
    await press('Enter');
    expect(await count()).toBe('0 of 5 judged');
    const { text } = await savedText();
    expect(await page.textContent('#message')).toContain('5 of 5 pairs are not judged yet');
    expect(readAnswers([{ name: 'b.json', text }], key)).toMatchObject([{ judge: 'B1', incomplete: 5 }]);
  });

  it('takes answers back from a file, and refuses what is none of its own', async () => {
    await page.fill('#judge', 'Cid');
    await page.locator('#judge').blur();
    await judgeCard('keyboard');
    const { text } = await savedText();
    await context.close();
    context = await browser.newContext();
    await open();
    const upload = async (body: string) => {
      await page.setInputFiles('#load', {
        name: 'a.json',
        mimeType: 'application/json',
        buffer: Buffer.from(body),
      });
      const message = await page.textContent('#message:not(:empty)');
      await page.evaluate("document.getElementById('message').textContent = ''");
      return message;
    };
    expect(await upload('{')).toContain('it is no JSON');
    expect(await upload('null')).toContain('no answers of such a sheet');
    expect(await upload(text.replace(key.sheet, '0000'))).toContain('another sheet');
    expect(await upload(text.replace('"left": [', '"left": [[],'))).toContain('damaged');
    expect(await count()).toBe('0 of 5 judged');
    expect(await upload(text)).toContain('1 of 5 pairs are judged');
    expect(await page.inputValue('#judge')).toBe('Cid');
  });

  it('says so where the browser keeps nothing, and works all the same', async () => {
    await context.addInitScript(
      "Object.defineProperty(window, 'localStorage', { get() { throw new Error('denied'); } })",
    );
    await open();
    expect(await page.textContent('#keeping')).toContain('Save them to a file before you close');
    expect(await page.isVisible('#keeping')).toBe(true);
    await page.fill('#judge', 'Dee');
    await page.locator('#judge').blur();
    await judgeCard('keyboard');
    expect(await count()).toBe('1 of 5 judged');
    const { text } = await savedText();
    expect(readAnswers([{ name: 'd.json', text }], key)).toMatchObject([{ judge: 'Dee', incomplete: 4 }]);
  });

  it('keeps what two windows answer', async () => {
    const first = page;
    await open();
    await judgeCard('keyboard');
    expect(await count()).toBe('1 of 5 judged');
    page = first;
    await page.locator('#count', { hasText: '1 of 5 judged' }).waitFor();
    await press('Shift+ArrowRight');
    await judgeCard('mouse');
    await page.reload();
    expect(await count()).toBe('2 of 5 judged');
  });

  it.each([400, 1200])(
    'needs no sideways scrolling at %i pixels, and names all it can be used by',
    async (width) => {
      await page.setViewportSize({ width, height: 900 });
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(width);
      const unnamed = await page.locator('button, input').evaluateAll(
        (found) =>
          found.filter((one) => {
            const { labels, textContent, ariaLabel } = one as unknown as Record<string, string> & {
              labels?: unknown[];
            };
            return !labels?.length && !textContent?.trim() && !ariaLabel;
          }).length,
      );
      expect(unnamed).toBe(0);
      const sides = await page
        .locator('fieldset')
        .evaluateAll((found) => found.map((one) => one.getBoundingClientRect().top));
      expect(sides[0]).toBe(sides[1]);
    },
  );
});
