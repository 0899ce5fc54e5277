/**
 * @file Where the hub is, where its cache lies and what to say who we are: the environment variables of Hugging Face's own
 * Python library (`huggingface_hub`), with its defaults and its order of precedence.
 */
import { readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import type { Environment } from '../../disk/user-folders.ts';

export interface HubSettings {
  /** Without a slash at its end. */
  readonly endpoint: string;
  /** The folder of `models--org--name` folders; absolute. */
  readonly cacheDir: string;
  readonly token: HubToken | undefined;
  /** The variable that forbids the network; undefined where none does. */
  readonly offlineBy: string | undefined;
  /** Whether the cache may have links; files are moved or copied where it may not. */
  readonly hasLinks: boolean;
  /** Milliseconds of silence after which a connection counts as lost. */
  readonly idleMs: number;
}

export interface HubToken {
  readonly value: string;
  /** The variable or the file that it stands in, for messages. */
  readonly source: string;
}

const DEFAULT_ENDPOINT = 'https://huggingface.co';
const DEFAULT_IDLE_SECONDS = 30;
const TRUE = /^(1|on|yes|true)$/i;

/** Reads the settings from `env`; the token may come from the file that `huggingface-cli login` writes. */
export function readHubSettings(env: Environment = process.env): HubSettings {
  const home = folder(env.HF_HOME, env) ?? join(cacheHome(env), 'huggingface');
  const cacheDir = folder(env.HF_HUB_CACHE, env) ?? folder(env.HUGGINGFACE_HUB_CACHE, env);
  return {
    endpoint: (env.HF_ENDPOINT?.trim() || DEFAULT_ENDPOINT).replace(/\/+$/, ''),
    cacheDir: resolve(cacheDir ?? join(home, 'hub')),
    token: readToken(env, home),
    offlineBy: ['HF_HUB_OFFLINE', 'TRANSFORMERS_OFFLINE'].find((name) => isTrue(env[name])),
    hasLinks: !isTrue(env.HF_HUB_DISABLE_SYMLINKS),
    idleMs: 1000 * positive(env.HF_HUB_DOWNLOAD_TIMEOUT, DEFAULT_IDLE_SECONDS),
  };
}

function cacheHome(env: Environment): string {
  return folder(env.XDG_CACHE_HOME, env) ?? join(userHome(env), '.cache');
}

function userHome(env: Environment): string {
  return env.HOME || homedir();
}

/** An empty variable counts as none. */
function folder(value: string | undefined, env: Environment): string | undefined {
  return value ? value.replace(/^~(?=$|[/\\])/, () => userHome(env)) : undefined;
}

function readToken(env: Environment, home: string): HubToken | undefined {
  if (isTrue(env.HF_HUB_DISABLE_IMPLICIT_TOKEN)) return undefined;
  for (const source of ['HF_TOKEN', 'HUGGING_FACE_HUB_TOKEN']) {
    const value = env[source]?.trim();
    if (value) return { value, source };
  }
  const source = folder(env.HF_TOKEN_PATH, env) ?? join(home, 'token');
  const value = textOf(source)?.trim();
  return value ? { value, source } : undefined;
}

/** Nobody asked for the file by name, so one that cannot be read counts as none. */
function textOf(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}

function isTrue(value: string | undefined): boolean {
  return TRUE.test(value?.trim() ?? '');
}

function positive(text: string | undefined, otherwise: number): number {
  const value = Number(text);
  return Number.isFinite(value) && value > 0 ? value : otherwise;
}
