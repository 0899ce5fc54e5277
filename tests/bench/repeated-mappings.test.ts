import { expect, test } from 'vitest';
import { repeatedIn, repeatedMappingBytes } from '../../bench/memory/repeated-mappings.ts';

const mapping = (range: string, offset: string, path: string, kilobytes: number) =>
  `${range} r--p ${offset} fe:00 1234                 ${path}\nSize:    8 kB\nRss:     ${kilobytes} kB\nPss:   1 kB`;

test('counts what is resident of a part of the weights beyond its largest mapping', () => {
  const smaps = [
    mapping('1000-3000', '00001000', '/m/unet.safetensors', 8),
    mapping('5000-7000', '00001000', '/m/unet.safetensors', 4),
    mapping('8000-a000', '00003000', '/m/unet.safetensors', 8),
    mapping('b000-d000', '00001000', '/usr/bin/node', 8),
    mapping('e000-f000', '00001000', '/usr/bin/node', 8),
    '10000-20000 rw-p 00000000 00:00 0 \nRss:   64 kB',
  ].join('\n');
  expect(repeatedIn(smaps)).toBe(4 * 1024);
});

test('is 0 in a process that maps no weights', () => {
  expect(repeatedMappingBytes()).toBe(0);
});
