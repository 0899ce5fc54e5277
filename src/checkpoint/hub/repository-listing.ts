/** @file What the hub says about a repository: which commit a revision is, and which files it has. Checked before it is believed. */
import { type ListFileEntry, listFiles, modelInfo } from '@huggingface/hub';
import { z } from 'zod';
import { DpoError } from '../../errors.ts';
import type { Checksum } from './checksum.ts';
import type { HubClient } from './hub-client.ts';
import { nonsenseError } from './hub-errors.ts';
import { isCommit, isInnerPath } from './hub-name.ts';

/** One file at one commit. */
export interface RepositoryFile {
  /** With slashes, from the repository's root. */
  readonly path: string;
  /** Bytes. */
  readonly size: number;
  readonly checksum: Checksum;
}

const fileSchema = z.object({
  path: z.string().refine(isInnerPath, 'leaves the folder'),
  size: z.int().nonnegative(),
  oid: z.string().regex(/^[0-9a-f]{40}$/),
  lfs: z.object({ oid: z.string().regex(/^[0-9a-f]{64}$/), size: z.int().nonnegative() }).nullish(),
});

/** The commit that the revision is now. @throws {DpoError} HUB, NETWORK or DOWNLOAD_FAILED */
export async function resolveCommit(client: HubClient): Promise<string> {
  const { name, settings } = client.subject;
  const info = await understood(client, () =>
    modelInfo({
      name: name.repo,
      revision: name.revision,
      additionalFields: ['sha'],
      hubUrl: settings.endpoint,
      fetch: client.fetch,
    }),
  );
  if (typeof info.sha === 'string' && isCommit(info.sha)) return info.sha;
  throw nonsenseError(client.subject, `it names no commit for "${name.revision}"`);
}

/** Every file at `commit`, by path. @throws {DpoError} HUB, NETWORK or DOWNLOAD_FAILED */
export async function listRepository(
  client: HubClient,
  commit: string,
): Promise<ReadonlyMap<string, RepositoryFile>> {
  const { name, settings } = client.subject;
  const entries = listFiles({
    repo: { type: 'model', name: name.repo },
    recursive: true,
    revision: commit,
    hubUrl: settings.endpoint,
    fetch: client.fetch,
  });
  return understood(client, async () => {
    const files = new Map<string, RepositoryFile>();
    for await (const entry of entries) {
      if (entry.type === 'file') files.set(entry.path, repositoryFile(client, entry));
    }
    return files;
  });
}

function repositoryFile(client: HubClient, entry: ListFileEntry): RepositoryFile {
  const result = fileSchema.safeParse(entry);
  if (!result.success) {
    throw nonsenseError(client.subject, `it lists the file ${JSON.stringify(entry.path)}, which cannot be`);
  }
  const { path, size, oid, lfs } = result.data;
  return lfs
    ? { path, size: lfs.size, checksum: { kind: 'sha256', hex: lfs.oid } }
    : { path, size, checksum: { kind: 'git-sha1', hex: oid } };
}

/** The library trusts that an answer is JSON of the right shape; where it is not, it throws what is no sentence. */
async function understood<T>(client: HubClient, ask: () => Promise<T>): Promise<T> {
  try {
    return await ask();
  } catch (error) {
    client.signal?.throwIfAborted();
    if (error instanceof DpoError) throw error;
    throw nonsenseError(
      client.subject,
      `its answer about ${client.subject.name.repo} is not readable`,
      error,
    );
  }
}
