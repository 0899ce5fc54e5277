/** @file Damage to JSON: values of other kinds, keys that are missing, extra, doubled or dangerous, absurd sizes, deep nesting. */
import type { Draw } from './draw.ts';

type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

/** Where a value hangs. */
interface Spot {
  readonly parent: Json[] | { [key: string]: Json };
  readonly key: string;
}

/** Stands in the text where JSON of our own making goes that `JSON.stringify` would not write. */
const RAW = '\u0001raw\u0001';

const NUMBERS = [
  0,
  -0,
  1,
  2,
  3,
  -1,
  0.5,
  7,
  255,
  2 ** 31,
  2 ** 32,
  2 ** 53,
  -(2 ** 53),
  1e300,
  -1e300,
  5e-324,
];
const STRINGS = [
  ...[
    '',
    ' ',
    '\0',
    '\n',
    'null',
    'NaN',
    '__proto__',
    'constructor',
    'F32',
    'BF16',
    'F99',
    '../../etc/passwd',
  ],
  ...[
    '/etc/passwd',
    'C:\\x',
    '\ud800',
    '\udfff\ud800',
    '\u202e',
    '😀',
    '</w>',
    '!',
    'a b',
    'a b c',
    'ÿ'.repeat(300),
  ],
  ...['(((((a+)+)+)+)+$', '.*', 'x'.repeat(5000), '\u001b[31m', '\u009b31m', 'a.safetensors', '.safetensors'],
];
const KEYS = [
  '__proto__',
  'constructor',
  'toString',
  'length',
  '',
  '\0',
  '0',
  '__metadata__',
  'x'.repeat(300),
];
/** Texts that JSON allows and no value of JavaScript is written as. */
const RAW_TEXTS = [
  ...['1e999', '-1e999', '1E400', '9'.repeat(400), '0.000000000000000000000000001', '"\\ud800"', '-0', '1.0'],
  ...[
    '{"a":1,"a":2}',
    '{"__proto__":{"x":1}}',
    '{"__proto__":null}',
    '[[],{}]',
    '01',
    'NaN',
    '"\t"',
    "'a'",
    '+1',
  ],
];

const MAX_REPEATED = 200_000;

/** `text`, which must be JSON, with one to three changes. */
export function mutateJson(text: string, draw: Draw, donors: readonly string[]): string {
  const root = { root: JSON.parse(text) as Json };
  let raw = '';
  for (let changes = draw.chance(0.7) ? 1 : 3; changes > 0; changes--) {
    raw = changeOne(root, draw, donors) ?? raw;
  }
  const written = JSON.stringify(root.root, null, draw.pick([0, 0, 2, 1])) ?? 'null';
  return written.replaceAll(JSON.stringify(RAW), () => raw);
}

function changeOne(root: { root: Json }, draw: Draw, donors: readonly string[]): string | undefined {
  const spots = spotsOf(root);
  const spot = draw.chance(0.1) ? { parent: root, key: 'root' } : draw.pick(spots);
  const put = (value: Json) => define(spot.parent, spot.key, value);
  switch (draw.below(10)) {
    case 0:
      put(otherValue(draw));
      break;
    case 1:
      put(nearValue(valueAt(spot), draw));
      break;
    case 2:
      remove(spot);
      break;
    case 3:
      define(spot.parent, draw.pick(KEYS), draw.chance(0.5) ? valueAt(spot) : otherValue(draw));
      break;
    case 4:
      put(valueAt(draw.pick(spots)));
      break;
    case 5:
      put(valueAt(draw.pick(spotsOf({ root: JSON.parse(draw.pick(donors)) as Json }))));
      break;
    case 6:
      put(RAW);
      return draw.chance(0.3) ? nested(draw) : draw.pick(RAW_TEXTS);
    case 7:
      put(draw.chance(0.5) ? [valueAt(spot)] : { value: valueAt(spot) });
      break;
    case 8:
      put(repeated(valueAt(spot), draw));
      break;
    default:
      rename(spot, draw);
  }
  return undefined;
}

/** Up to 200 times, as long as that is no file of another order of size: how long megabytes take is another question. */
function repeated(value: Json, draw: Draw): Json {
  const most = Math.min(200, Math.floor(MAX_REPEATED / JSON.stringify(value).length));
  return Array.from({ length: 1 + draw.below(most) }, () => structuredClone(value));
}

function nested(draw: Draw): string {
  const depth = draw.pick([10, 100, 2000, 20_000]);
  return draw.chance(0.5)
    ? '['.repeat(depth) + ']'.repeat(depth)
    : `${'{"a":'.repeat(depth)}0${'}'.repeat(depth)}`;
}

function spotsOf(root: { root: Json }): Spot[] {
  const spots: Spot[] = [{ parent: root, key: 'root' }];
  const visit = (parent: Json) => {
    if (typeof parent !== 'object' || parent === null || spots.length > 3000) return;
    for (const key of Object.keys(parent)) {
      spots.push({ parent, key });
      visit((parent as { [key: string]: Json })[key]!);
    }
  };
  visit(root.root);
  return spots;
}

function valueAt({ parent, key }: Spot): Json {
  const value = Object.hasOwn(parent, key) ? (parent as { [key: string]: Json })[key] : null;
  return value === undefined ? null : structuredClone(value);
}

/** An own property even where the name is `__proto__`. */
function define(parent: object, key: string, value: Json): void {
  if (Array.isArray(parent) && !/^\d+$/.test(key)) {
    parent.push(value);
    return;
  }
  Object.defineProperty(parent, key, { value, enumerable: true, configurable: true, writable: true });
}

function remove({ parent, key }: Spot): void {
  if (Array.isArray(parent)) parent.splice(Number(key), 1);
  else if (key !== 'root') delete parent[key];
}

function rename(spot: Spot, draw: Draw): void {
  if (Array.isArray(spot.parent) || spot.key === 'root') return;
  const value = valueAt(spot);
  delete spot.parent[spot.key];
  const at = draw.place(spot.key.length);
  define(
    spot.parent,
    spot.key.slice(0, at) + draw.pick(['', '.', '_', '\0', '😀', 'x']) + spot.key.slice(at),
    value,
  );
}

function otherValue(draw: Draw): Json {
  const kinds: (() => Json)[] = [
    () => null,
    () => draw.chance(0.5),
    () => draw.pick(NUMBERS),
    () => draw.pick(STRINGS),
    () => [],
    () => ({}),
    () => [draw.pick(NUMBERS), draw.pick(STRINGS)],
    () => ({ [draw.pick(KEYS)]: draw.pick(STRINGS) }),
  ];
  return draw.pick(kinds)();
}

/** A value of the same kind: what a schema does not notice. */
function nearValue(value: Json, draw: Draw): Json {
  if (typeof value === 'boolean') return !value;
  if (typeof value === 'number') {
    return draw.pick([value + 1, value - 1, -value, value * 2, value / 2, value * 1e6, ...NUMBERS]);
  }
  if (typeof value === 'string') {
    const at = draw.place(value.length);
    return draw.chance(0.3)
      ? draw.pick(STRINGS)
      : value.slice(0, at) + draw.pick(STRINGS).slice(0, 20) + value.slice(at);
  }
  if (Array.isArray(value))
    return draw.chance(0.5) ? value.slice(0, draw.below(value.length)) : [...value, ...value];
  return value;
}
