/** @file Weights behind a URL: the header is fetched when they are opened, each tensor when it is read. For a web page; it runs anywhere. */
import { DpoError } from '../errors.ts';
import type { StoredTensor, WeightSource } from '../tensor/stored-tensor.ts';
import { parseHeader } from './safetensors-header.ts';
import {
  headerLength,
  LENGTH_BYTES,
  type SafetensorsFile,
  storedTensor,
  WEIGHT_DTYPES,
} from './safetensors-layout.ts';

/**
 * Opens the safetensors file at `url` by parts; the server must answer requests for a range of bytes.
 * @throws {DpoError} FILE_ACCESS when it cannot be fetched so, INVALID_CHECKPOINT when its header is not sound
 */
export async function openRemoteWeights(url: string): Promise<WeightSource> {
  const { bytes: prefix, fileSize } = await fetchRange(url, 0, LENGTH_BYTES);
  const length = headerLength(prefix, fileSize, url);
  const header = await fetchRange(url, LENGTH_BYTES, length);
  const file: SafetensorsFile = {
    path: url,
    ...parseHeader(header.bytes, LENGTH_BYTES + length, fileSize, url),
  };
  const keys = [...file.entries.values()]
    .filter(({ dtype }) => WEIGHT_DTYPES[dtype] !== undefined)
    .map(({ key }) => key);
  return { name: url, find: (key) => storedTensor(file, key), keys: () => keys };
}

/** The bytes of one weight of {@link openRemoteWeights}. @throws {DpoError} FILE_ACCESS when they cannot be fetched */
export async function readRemoteWeight({ path, offset, byteLength }: StoredTensor): Promise<Uint8Array> {
  return (await fetchRange(path, offset, byteLength)).bytes;
}

async function fetchRange(
  url: string,
  offset: number,
  length: number,
): Promise<{ readonly bytes: Uint8Array; readonly fileSize: number }> {
  if (length === 0) return { bytes: new Uint8Array(), fileSize: 0 };
  const response = await request(url, offset, length);
  // A server that knows no ranges would send the whole file for every tensor.
  if (response.status !== 206) {
    await response.body?.cancel();
    throw unfetched(url, `expected status 206 (a part of the file), got ${response.status}`);
  }
  const fileSize = Number(/\/(\d+)$/.exec(response.headers.get('content-range') ?? '')?.[1] ?? Number.NaN);
  if (Number.isNaN(fileSize))
    throw unfetched(url, 'the answer does not say how large the file is (Content-Range)');
  return { bytes: new Uint8Array(await response.arrayBuffer()), fileSize };
}

async function request(url: string, offset: number, length: number): Promise<Response> {
  try {
    return await fetch(url, { headers: { range: `bytes=${offset}-${offset + length - 1}` } });
  } catch (cause) {
    throw unfetched(url, (cause as Error).message, cause);
  }
}

function unfetched(url: string, why: string, cause?: unknown): DpoError {
  return new DpoError('FILE_ACCESS', `${url} cannot be read in parts: ${why}.`, { cause, details: { url } });
}
