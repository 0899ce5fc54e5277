/** @file The pictures before and after, seed by seed, held-out seeds apart. */
import { escapeHtml } from '../escape-html.ts';
import { encodePng } from '../png-image.ts';
import type { PictureEvent } from '../study-event.ts';
import { type PicturePair, picturePairs, type StudyRecord } from '../study-record.ts';
import { formatLoss } from './format-number.ts';

/** Pictures up to this many pixels a side show their pixels; larger ones are smoothed. */
const MAX_PIXELATED = 128;

/** Both groups of pictures; says so when there are none. */
export function pictureSection(record: StudyRecord): string {
  const pairs = picturePairs(record);
  const [searched, heldOut] = [pairs.filter((pair) => !pair.heldOut), pairs.filter((pair) => pair.heldOut)];
  return [
    '<section aria-labelledby="pictures">',
    '<h2 id="pictures">Pictures</h2>',
    pairs.length === 0 ? '<p>The study ended before pictures were made.</p>' : '',
    pictureGroup('Searched seeds', 'The search saw these pictures and chose its words by them.', searched),
    pictureGroup('Held-out seeds', 'The search never saw these; they show what carries over.', heldOut),
    '</section>',
  ].join('\n');
}

function pictureGroup(title: string, note: string, pairs: readonly PicturePair[]): string {
  if (pairs.length === 0) return '';
  const cards = pairs.map(pairCard).join('\n');
  return `<h3>${title}</h3>\n<p class="muted">${note}</p>\n<div class="pairs">\n${cards}\n</div>`;
}

function pairCard({ seed, original, best }: PicturePair): string {
  return [
    '<article class="pair">',
    `<h4>Seed ${seed}</h4>`,
    '<div class="before-after">',
    pictureFigure('Original', seed, original),
    pictureFigure('Best', seed, best),
    '</div></article>',
  ].join('');
}

function pictureFigure(label: string, seed: number, picture: PictureEvent | null): string {
  if (picture === null)
    return `<figure><div class="missing">not sampled</div><figcaption>${label}</figcaption></figure>`;
  const [, height, width] = picture.image.shape;
  const data = Buffer.from(encodePng(picture.image)).toString('base64');
  const look = Math.max(width, height) <= MAX_PIXELATED ? ' class="pixels"' : '';
  const image = `<img${look} src="data:image/png;base64,${data}" width="${width}" height="${height}" alt="${altOf(label, seed, picture)}">`;
  return `<figure>${image}<figcaption>${label} <b>${formatLoss(picture.loss)}</b></figcaption></figure>`;
}

function altOf(label: string, seed: number, { prompt, negativePrompt, loss }: PictureEvent): string {
  const negative = negativePrompt === '' ? '' : `, negative prompt “${negativePrompt}”`;
  return escapeHtml(`${label}, seed ${seed}: picture of “${prompt}”${negative}; loss ${formatLoss(loss)}`);
}
