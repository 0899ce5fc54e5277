/** @file Refuses, by name, files of formats that are never opened: before a header is looked for where none can be. */
import { open } from 'node:fs/promises';
import { basename } from 'node:path';
import { DpoError } from '../../errors.ts';
import { fileAccessError } from '../read-json.ts';

const PICKLED_NAME = /\.(?:ckpt|pt|pth|bin|pkl|pickle)$/i;
/** First bytes of PyTorch's files: a zip archive, and before version 1.6 a pickled magic number. */
const PICKLED_STARTS: readonly string[] = ['504b0304', '80028a0a'];
const GGUF_START = Buffer.from('GGUF').toString('hex');

const SAFE = 'a .safetensors file, or a folder in the diffusers layout';

/**
 * @param what the file should be, as in "model"
 * @throws {DpoError} UNSUPPORTED_MODEL for a pickled, quantised or other file; FILE_ACCESS when it cannot be read
 */
export async function checkFileFormat(path: string, what: string): Promise<void> {
  const start = await firstBytes(path);
  const name = basename(path);
  if (PICKLED_NAME.test(name) || PICKLED_STARTS.includes(start)) {
    throw refused(
      path,
      `${name} is a pickled ${what}, which can run any code when it is read, so it never is`,
      `Download the .safetensors file of the same ${what} (most have one), or convert it once in an isolated Python (torch.load with weights_only=True, then safetensors.torch.save_file).`,
    );
  }
  if (/\.gguf$/i.test(name) || start === GGUF_START) {
    throw refused(
      path,
      `${name} is a quantised ${what} (GGUF), which is not supported`,
      `Accepted: ${SAFE}.`,
    );
  }
  if (!/\.(?:safetensors|sft)$/i.test(name)) {
    throw refused(path, `${name} is no ${what} that can be opened`, `Accepted: ${SAFE}.`);
  }
}

/** The first four, in hexadecimal. */
async function firstBytes(path: string): Promise<string> {
  try {
    const file = await open(path);
    try {
      const { buffer, bytesRead } = await file.read(Buffer.alloc(4), 0, 4, 0);
      return buffer.toString('hex', 0, bytesRead);
    } finally {
      await file.close();
    }
  } catch (cause) {
    throw fileAccessError(path, cause);
  }
}

function refused(path: string, what: string, advice: string): DpoError {
  return new DpoError('UNSUPPORTED_MODEL', `${what}. ${advice}`, { details: { path } });
}
