/**
 * @file Asks a language model over the OpenAI protocol: one request at a time, failures that may pass tried again with patience, all
 * others told as one clause. The only file that imports `openai`, which takes half a second to load: import this file where it is needed.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import OpenAI from 'openai';
import { zodResponseFormat } from 'openai/helpers/zod';
import { z } from 'zod';
import { DpoError } from '../../errors.ts';
import { boundedFetch, ReplyTooLateError, ReplyTooLongError } from './bounded-fetch.ts';
import type { Chat, ChatReply, ChatRequest } from './chat.ts';
import type { LlmSettings } from './llm-settings.ts';

/** Milliseconds before each further attempt, where the server names no time. */
const RETRY_DELAYS: readonly number[] = [500, 1000, 2000];
/** A server that asks for more patience than this is told of instead. */
const MAX_RETRY_AFTER_MS = 60_000;
/** A server that was silent for its whole time is asked once more only. */
const MAX_LATE = 2;
/** How much of a server's own words is shown. */
const MAX_SHOWN = 200;

/** As much of the protocol as is read. */
const completionSchema = z.object({
  choices: z
    .array(
      z.object({
        message: z.object({ content: z.string().nullish(), refusal: z.string().nullish() }),
        finish_reason: z.string().nullish(),
      }),
    )
    .min(1),
});

/** A failure that may pass. */
interface Failure {
  readonly problem: string;
  readonly retryAfterMs?: number | undefined;
  readonly isLate?: boolean;
}

export class ChatClient implements Chat {
  readonly model: string;
  readonly host: string;
  readonly #settings: LlmSettings;
  readonly #delays: readonly number[];
  readonly #client: OpenAI;

  /** @param delays milliseconds before each further attempt */
  constructor(settings: LlmSettings, delays: readonly number[] = RETRY_DELAYS) {
    this.model = settings.model;
    this.host = settings.host;
    this.#settings = settings;
    this.#delays = delays;
    this.#client = new OpenAI({
      // The header is set below, or left out where there is no key.
      apiKey: 'unused',
      adminAPIKey: null,
      baseURL: settings.baseUrl,
      defaultHeaders: { Authorization: settings.authorization ?? null },
      defaultQuery: settings.query,
      fetch: boundedFetch(settings.timeoutMs),
      timeout: Math.ceil(settings.timeoutMs) + 1000,
      maxRetries: 0,
      logLevel: 'off',
    });
  }

  async ask(request: ChatRequest): Promise<ChatReply> {
    let late = 0;
    for (let failures = 0; ; failures++) {
      const outcome = await this.#attempt(request);
      if ('kind' in outcome) return outcome;
      late += outcome.isLate ? 1 : 0;
      const { retryAfterMs, problem } = outcome;
      const isImpatient = retryAfterMs !== undefined && retryAfterMs > MAX_RETRY_AFTER_MS;
      if (failures >= this.#delays.length || late >= MAX_LATE || isImpatient)
        return { kind: 'unavailable', problem };
      await this.#wait(retryAfterMs ?? this.#delays[failures], request.signal);
    }
  }

  async #attempt({ messages, format, schema, signal }: ChatRequest): Promise<ChatReply | Failure> {
    try {
      const completion: unknown = await this.#client.chat.completions.create(
        { model: this.model, messages: [...messages], ...responseFormat(format, schema) },
        { ...(signal && { signal }) },
      );
      return this.#readCompletion(completion);
    } catch (error) {
      signal?.throwIfAborted();
      return this.#explain(error);
    }
  }

  #readCompletion(completion: unknown): ChatReply {
    const parsed = completionSchema.safeParse(completion);
    if (!parsed.success)
      return { kind: 'unreadable', problem: 'the answer is not one of the OpenAI protocol' };
    const { message, finish_reason: reason } = parsed.data.choices[0];
    if (message.refusal) return { kind: 'refusal', problem: `it refused: ${this.#shown(message.refusal)}` };
    if (reason === 'content_filter')
      return { kind: 'refusal', problem: 'a content filter kept its answer back' };
    const text = this.#settings.redact(message.content ?? '').trim();
    if (reason === 'length') return { kind: 'unreadable', problem: 'the answer was cut off' };
    return text === '' ? { kind: 'unreadable', problem: 'the answer was empty' } : { kind: 'text', text };
  }

  /** What an error of the library means. It is not passed on: it may hold what the server echoed. */
  #explain(error: unknown): ChatReply | Failure {
    const cause = rootOf(error);
    if (cause instanceof ReplyTooLateError)
      return { problem: `it gave no answer within ${this.#settings.timeoutMs / 1000} s`, isLate: true };
    if (cause instanceof ReplyTooLongError)
      return { kind: 'unreadable', problem: 'the answer was far too long' };
    if (error instanceof OpenAI.APIConnectionError)
      return { problem: `it cannot be reached (${this.#shown(messageOf(cause))})` };
    if (error instanceof OpenAI.APIError && error.status !== undefined)
      return this.#explainStatus(error.status, error);
    return { kind: 'unreadable', problem: 'the answer was no JSON' };
  }

  #explainStatus(
    status: number,
    error: { message: string; headers: Headers | undefined },
  ): ChatReply | Failure {
    const problem = `it answered ${this.#shown(error.message)}`;
    if (status === 401 || status === 403) throw this.#refusedKey(problem);
    const isPassing = status === 408 || status === 409 || status === 429 || status >= 500;
    if (isPassing) return { problem, retryAfterMs: retryAfter(error.headers) };
    return { kind: 'unsupported', status, problem };
  }

  #refusedKey(problem: string): DpoError {
    const how =
      this.#settings.authorization === undefined
        ? 'It wants a key: set OPENAI_API_KEY.'
        : 'Check OPENAI_API_KEY, and that it is a key of this server and may use this model.';
    return new DpoError(
      'INVALID_OPTION',
      `The language model's server at ${this.host} does not let us ask ${this.model}: ${problem}. ${how}`,
      { details: { option: 'OPENAI_API_KEY', host: this.host, model: this.model } },
    );
  }

  #shown(text: string): string {
    const line = this.#settings.redact(text).replace(/\s+/g, ' ').trim();
    return line.length > MAX_SHOWN ? `${line.slice(0, MAX_SHOWN - 1)}…` : line;
  }

  async #wait(ms: number, signal: AbortSignal | undefined): Promise<void> {
    await sleep(ms, undefined, signal && { signal }).catch(() => signal?.throwIfAborted());
  }
}

function responseFormat(format: ChatRequest['format'], schema: z.ZodType) {
  if (format === 'plain') return {};
  const name = 'answer';
  return {
    response_format:
      format === 'json_schema' ? zodResponseFormat(schema, name) : ({ type: 'json_object' } as const),
  };
}

/** Connection errors wrap the one that says something. */
function rootOf(error: unknown): unknown {
  let root = error;
  while (root instanceof Error && root.cause instanceof Error) root = root.cause;
  return root;
}

function messageOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const { code } = error as NodeJS.ErrnoException;
  return error.message || code || error.name;
}

/** In milliseconds: seconds or a date, as HTTP has it; undefined without either. */
function retryAfter(headers: Headers | undefined): number | undefined {
  const text = headers?.get('retry-after')?.trim();
  if (!text) return undefined;
  const ms = /^\d+(\.\d+)?$/.test(text) ? 1000 * Number(text) : Date.parse(text) - Date.now();
  return Number.isFinite(ms) ? Math.max(0, ms) : undefined;
}
