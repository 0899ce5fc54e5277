/**
 * @file Answers of language models on disk, one file a question, so that the same question costs nothing the second time and gives the
 * same space. A cache only: a file that cannot be read, or is broken, counts as none; one that cannot be written is no error.
 */
import { createHash, randomUUID } from 'node:crypto';
import { readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { makeFolder } from '../../disk/make-folder.ts';
import { type Environment, userCacheFolder } from '../../disk/user-folders.ts';
import type { KeptReply } from './ask-question.ts';
import { REPLY_FORMATS } from './chat.ts';

const FORMAT = 'dpo-diff-llm-replies/1';
/** Larger files are none of ours. */
const MAX_BYTES = 2 ** 24;

/** What an answer depends on; its text stands in the file beside the answers. */
export interface ReplyKey {
  readonly model: string;
  /** Host and port; no credentials. */
  readonly host: string;
  /** `words`, `concepts` or `sentences`. */
  readonly kind: string;
  readonly template: string;
  readonly prompt: string;
  readonly task: string;
  readonly maxChoices: number;
  /** The question in full, as JSON formats have it. */
  readonly question: string;
}

const entrySchema = z.object({
  format: z.literal(FORMAT),
  key: z.object({
    model: z.string(),
    host: z.string(),
    kind: z.string(),
    template: z.string(),
    prompt: z.string(),
    task: z.string(),
    maxChoices: z.number(),
    question: z.string(),
  }),
  replies: z.array(z.object({ format: z.enum(REPLY_FORMATS), text: z.string() })).min(1),
  remarks: z.array(z.string()),
});

export interface CachedReplies {
  readonly replies: readonly KeptReply[];
  readonly remarks: readonly string[];
}

export class ReplyCache {
  /** Absolute. */
  readonly dir: string;

  constructor(dir: string) {
    this.dir = dir;
  }

  /** Undefined where nothing, or nothing sound, is kept for `key`. */
  async read(key: ReplyKey): Promise<CachedReplies | undefined> {
    const text = await readFile(this.#path(key), 'utf8').catch(() => '');
    if (text === '' || text.length > MAX_BYTES) return undefined;
    const entry = entrySchema.safeParse(jsonOf(text));
    if (!entry.success || nameOf(entry.data.key) !== nameOf(key)) return undefined;
    return { replies: entry.data.replies, remarks: entry.data.remarks };
  }

  /** Readers meet the old file or the new one, never a part. */
  async write(key: ReplyKey, { replies, remarks }: CachedReplies): Promise<void> {
    const path = this.#path(key);
    const partial = `${path}.${randomUUID()}.tmp`;
    try {
      await makeFolder(this.dir, 0o700);
      await writeFile(partial, `${JSON.stringify({ format: FORMAT, key, replies, remarks }, null, 1)}\n`, {
        mode: 0o600,
      });
      await rename(partial, path);
    } catch {
      await rm(partial, { force: true }).catch(() => undefined);
    }
  }

  #path(key: ReplyKey): string {
    return join(this.dir, `${nameOf(key)}.json`);
  }
}

/** Where answers are kept: in the user's folder for caches. */
export function replyCacheDir(env: Environment, platform: NodeJS.Platform = process.platform): string {
  return join(userCacheFolder(env, platform), 'dpo-diff', 'llm');
}

function nameOf({ model, host, kind, template, prompt, task, maxChoices, question }: ReplyKey): string {
  const fields = [model, host, kind, template, prompt, task, maxChoices, question];
  return createHash('sha256').update(JSON.stringify(fields)).digest('hex');
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
