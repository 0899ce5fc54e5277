/** @file Words of a prompt that have no substitute: names of people, sites, engines and studios, and technical terms of prompt writers. */

import { normalizeTerm } from './dictionary.ts';
import type { PromptTerm } from './prompt-words.ts';
import type { WordTag } from './word-tag.ts';

/** Sites, programs, studios, games, devices and terms that prompt writers add; spelt as they are searched for. */
const JARGON: ReadonlySet<string> = new Set(
  `trending on artstation|trending on pixiv|trending on deviantart|featured on artstation|featured on behance|artstation|artstationhq|
  artstation hq|deviantart|deviant art|pixiv|behance|pinterest|instagram|tumblr|flickr|unsplash|cgsociety|cg society|cgi society|
  zbrush|zbrush central|polycount|sketchfab|shutterstock|getty images|national geographic|unreal engine|unreal engine 5|unreal|ue5|
  octane render|octane|vray|v-ray|arnold render|redshift|blender|cinema 4d|c4d|maya|houdini|photoshop|lightroom|
  ray tracing|raytracing|ray traced|global illumination|subsurface scattering|ambient occlusion|physically based rendering|pbr|
  studio ghibli|ghibli|ghibli style|pixar|pixar style|disney|disney style|dreamworks|dreamworks style|marvel|marvel comics|dc comics|
  anime key visual|key visual|nintendo|pokemon|dnd|d&d|dungeons and dragons|magic the gathering|mtg|league of legends|wow|warcraft|overwatch|
  elden ring|dark souls|star wars|star trek|lego|minecraft|midjourney|stable diffusion|dall-e|wlop|dslr|hdr|hdri|uhd|hd|fhd|qhd|
  ultra hd|full hd|4k|8k|16k|32k|imax|iphone|gopro|polaroid|leica|nikon|canon|sony|kodak|kodak portra|fujifilm|hasselblad|cinemascope|
  panavision|lomography|fisheye|iso|fov|png|jpeg|jpg|svg|rgb|cmyk|award winning|award-winning|wallpaper hd|low poly|lowpoly|
  rule of thirds|golden ratio|vfx|sfx|lod|npr`
    .split('|')
    .map(normalizeTerm),
);

/** What is made by somebody: *art by*, *painted by*. */
const WORK =
  /^(?:art|artwork|work|works|painting|paintings|portrait|illustration|drawing|photo|photograph|photography|sculpture|poster|cover|design|film|movie|comic|style|directed|painted|illustrated|designed|drawn|photographed|created|made)$/;

/** The indices of the words that are names or jargon. */
export function namesAndJargon(
  prompt: string,
  words: readonly PromptTerm[],
  tags: readonly WordTag[],
): ReadonlySet<number> {
  const found = new Set<number>();
  const joined = words.map((_, index) => index > 0 && isJoined(prompt, words[index - 1], words[index]));
  addJargon(words, joined, found);
  addMakers(words, tags, joined, found);
  addCapitals(prompt, words, tags, joined, found);
  return found;
}

function isJoined(prompt: string, one: PromptTerm, other: PromptTerm): boolean {
  return /^[\s&]*$/.test(prompt.slice(one.start + one.text.length, other.start));
}

function addJargon(words: readonly PromptTerm[], joined: readonly boolean[], found: Set<number>): void {
  words.forEach(({ term }, index) => {
    if (/^\d+(?:k|mm|p|px|d|s)$|^f\/?\d/.test(term)) found.add(index);
    for (const length of [1, 2, 3, 4]) {
      const run = words.slice(index, index + length);
      if (run.length < length || !run.every((_, offset) => offset === 0 || joined[index + offset])) break;
      const isJargon = JARGON.has(run.map((word) => word.term).join(' '));
      if (isJargon) run.forEach((_, offset) => void found.add(index + offset));
    }
  });
}

/** *by greg rutkowski and alphonse mucha*, *in the style of van gogh*: everything up to the next mark. */
function addMakers(
  words: readonly PromptTerm[],
  tags: readonly WordTag[],
  joined: readonly boolean[],
  found: Set<number>,
): void {
  words.forEach(({ term }, index) => {
    const before = words[index - 1]?.term;
    const starts = !joined[index] || (before !== undefined && WORK.test(before));
    const introduces = (term === 'by' && starts) || (term === 'of' && before === 'style');
    const first = index + 1;
    if (!introduces || first >= words.length || !joined[first] || tags[first] === 'determiner') return;
    if (!/^\p{L}/u.test(words[first].text)) return;
    for (let at = first; at < words.length && joined[at]; at++) found.add(at);
  });
}

/** A capital inside a sentence is a name's, where not every word has one. */
function addCapitals(
  prompt: string,
  words: readonly PromptTerm[],
  tags: readonly WordTag[],
  joined: readonly boolean[],
  found: Set<number>,
): void {
  const capital = words.map(({ text }) => /^\p{Lu}/u.test(text));
  if (capital.filter(Boolean).length > words.length / 2) return;
  words.forEach(({ text, start }, index) => {
    const opens = /(?:^|[.!?:;"\n])\s*$/.test(prompt.slice(0, start));
    if (!capital[index] || text.length < 2 || tags[index] === 'adjective') return;
    // The first word is a name only when the next one goes on with it
    const goesOn = capital[index + 1] === true && joined[index + 1];
    const mayBe = tags[index] === 'name' || tags[index] === 'noun';
    if (!opens || (goesOn && mayBe)) found.add(index);
  });
}
