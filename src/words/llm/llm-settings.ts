/**
 * @file Which language model is asked, where, and how long to wait: the environment variables of the OpenAI clients
 * (`OPENAI_API_KEY`, `OPENAI_BASE_URL`, `OPENAI_MODEL`), so that any server that speaks their protocol will do.
 */

import type { Environment } from '../../disk/user-folders.ts';
import { DpoError } from '../../errors.ts';
import { type Redaction, redactionOf } from './redaction.ts';

/** What the caller may say; the environment says the rest. */
export interface LlmOptions {
  /** The model's name, as its server knows it. @default `OPENAI_MODEL` */
  readonly model?: string | undefined;
  /** Seconds for one answer, above 0. @default 60 */
  readonly timeoutSeconds?: number | undefined;
  /** Asks anew although a reply is cached, and replaces it. @default false */
  readonly refresh?: boolean | undefined;
  /** @default process.env */
  readonly env?: Environment | undefined;
}

export interface LlmSettings {
  readonly model: string;
  /** Without credentials and query. */
  readonly baseUrl: string;
  /** Of the base URL, with its port: what may be shown and recorded. */
  readonly host: string;
  /** The value of the header `Authorization`; undefined where nothing was given. */
  readonly authorization: string | undefined;
  readonly query: Readonly<Record<string, string>>;
  readonly timeoutMs: number;
  readonly refresh: boolean;
  readonly env: Environment;
  /** Takes every secret of the settings out of a text. */
  readonly redact: Redaction;
}

export const DEFAULT_LLM_TIMEOUT_SECONDS = 60;
const OPENAI_URL = 'https://api.openai.com/v1';

/** @throws {DpoError} INVALID_OPTION that says what to set */
export function readLlmSettings(options: LlmOptions = {}): LlmSettings {
  const { env = process.env, timeoutSeconds = DEFAULT_LLM_TIMEOUT_SECONDS, refresh = false } = options;
  const key = given(env.OPENAI_API_KEY);
  const address = given(env.OPENAI_BASE_URL);
  if (key === undefined && address === undefined) throw nowhereToAsk();
  const url = parseUrl(address ?? OPENAI_URL);
  const userInfo = url.username || url.password ? decodedUserInfo(url) : undefined;
  if (key !== undefined && userInfo !== undefined) throw twoCredentials();
  const redact = redactionOf([
    ...[key, userInfo, url.password && decodeURIComponent(url.password)],
    ...url.searchParams.values(),
    ...customHeaderValues(env.OPENAI_CUSTOM_HEADERS),
  ]);
  return {
    model: readModel(options.model, env),
    baseUrl: `${url.protocol}//${url.host}${url.pathname.replace(/\/+$/, '')}`,
    host: url.host,
    authorization: authorizationOf(key, userInfo),
    query: Object.fromEntries(url.searchParams),
    timeoutMs: 1000 * checkTimeout(timeoutSeconds),
    refresh,
    env,
    redact,
  };
}

/** An empty variable counts as none. */
function given(value: string | undefined): string | undefined {
  return value?.trim() || undefined;
}

function readModel(model: string | undefined, env: Environment): string {
  const name = given(model) ?? given(env.OPENAI_MODEL);
  if (name !== undefined) return name;
  throw new DpoError(
    'INVALID_OPTION',
    'Words from a language model need its name: give --llm-model NAME (in a program llm: { model }), or set OPENAI_MODEL.',
    { details: { option: 'llmModel' } },
  );
}

function nowhereToAsk(): DpoError {
  return new DpoError(
    'INVALID_OPTION',
    'There is no language model to ask: set OPENAI_API_KEY to a key for api.openai.com, or OPENAI_BASE_URL to the address of a compatible server, such as http://127.0.0.1:11434/v1 for Ollama (with OPENAI_API_KEY if it wants one).',
    { details: { option: 'words' } },
  );
}

/** The message shows nothing of the address: it may hold credentials. */
function parseUrl(address: string): URL {
  const url = URL.canParse(address) ? new URL(address) : undefined;
  if (url?.protocol === 'http:' || url?.protocol === 'https:') return url;
  throw new DpoError(
    'INVALID_OPTION',
    'OPENAI_BASE_URL must be an address that begins with http:// or https://, such as http://127.0.0.1:11434/v1; it is none.',
    { details: { option: 'OPENAI_BASE_URL' } },
  );
}

function decodedUserInfo({ username, password }: URL): string {
  return `${decodeURIComponent(username)}:${decodeURIComponent(password)}`;
}

function twoCredentials(): DpoError {
  return new DpoError(
    'INVALID_OPTION',
    'OPENAI_BASE_URL holds a user name or a password, and OPENAI_API_KEY is set too; only one of them can be sent. Unset OPENAI_API_KEY, or take the credentials out of the address.',
    { details: { option: 'OPENAI_BASE_URL' } },
  );
}

function authorizationOf(key: string | undefined, userInfo: string | undefined): string | undefined {
  if (key !== undefined) return `Bearer ${key}`;
  return userInfo && `Basic ${Buffer.from(userInfo).toString('base64')}`;
}

/** `Name: value` lines that the client library sends along. */
function customHeaderValues(headers: string | undefined): string[] {
  return (headers ?? '').split('\n').map((line) => line.slice(line.indexOf(':') + 1).trim());
}

function checkTimeout(seconds: number): number {
  if (Number.isFinite(seconds) && seconds > 0) return seconds;
  throw new DpoError(
    'INVALID_OPTION',
    `The time for one answer of the language model must be a number of seconds above 0, got ${seconds}.`,
    { details: { option: 'llmTimeout', value: seconds } },
  );
}
