/**
 * @file Requests to the hub: the token goes to the hub alone, silence and busy servers become temporary failures, refusals become
 * sentences. The hub's library (`@huggingface/hub`) sends through here too, since it keeps neither headers nor patience.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { type HubSubject, lastingError, refusalError, TemporaryFailure } from './hub-errors.ts';

/** Milliseconds before each further attempt. */
export type RetryDelays = readonly number[];

export const REQUEST_DELAYS: RetryDelays = [500, 1000, 2000];
/** A server that asks for more patience than this is told of instead. */
const MAX_RETRY_AFTER_MS = 60_000;

/** An answer that is still coming in. */
export interface OpenResponse {
  readonly status: number;
  readonly headers: Headers;
  /** @throws {TemporaryFailure} when the connection is lost or silent for too long */
  chunks(): AsyncGenerator<Uint8Array>;
  /** Ends the connection; to be called in any case. */
  close(): void;
}

export class HubClient {
  readonly subject: HubSubject;
  readonly signal: AbortSignal | undefined;

  constructor(subject: HubSubject, signal: AbortSignal | undefined) {
    this.subject = subject;
    this.signal = signal;
  }

  /** For the library: small answers, read whole, with retries. */
  readonly fetch: typeof fetch = async (input, init) => {
    const url = input instanceof Request ? input.url : String(input);
    return this.retrying(
      `There is no file or folder ${this.subject.name.repo} here; asking the hub for it`,
      async () => {
        const response = await this.open(url, init);
        try {
          const parts = [];
          for await (const chunk of response.chunks()) parts.push(chunk);
          const { status, headers } = response;
          return new Response(Buffer.concat(parts), { status, headers });
        } finally {
          response.close();
        }
      },
    );
  };

  /**
   * Sends one request, once.
   * @throws {TemporaryFailure} or a DpoError (HUB, DOWNLOAD_FAILED) where trying again would not help; the signal's reason
   */
  async open(url: string, init: RequestInit = {}): Promise<OpenResponse> {
    this.signal?.throwIfAborted();
    const watch = new Watch(this.subject.settings.idleMs, this.signal);
    try {
      const headers = this.#headers(url, init.headers);
      const response = await watch.guard(fetch(url, { ...init, headers, signal: watch.signal }));
      if (!response.ok) throw await this.#failure(response, watch);
      const chunks = () => bodyOf(response, watch);
      return { status: response.status, headers: response.headers, chunks, close: () => watch.close() };
    } catch (error) {
      watch.close();
      throw error;
    }
  }

  /** Runs `attempt` until it succeeds, as often as `delays` allow. @throws {DpoError} for a failure that stays */
  async retrying<T>(
    doing: string,
    attempt: () => Promise<T>,
    delays: RetryDelays = REQUEST_DELAYS,
  ): Promise<T> {
    for (let failures = 1; ; failures++) {
      try {
        return await attempt();
      } catch (error) {
        if (!(error instanceof TemporaryFailure)) throw error;
        const delay = error.isUnreachable && failures > 1 ? undefined : delays[failures - 1];
        if (delay === undefined) throw lastingError(error, this.subject, doing);
        await this.pause(error, delay, doing);
      }
    }
  }

  /** Waits before the next attempt, as long as the server asks for. */
  async pause(failure: TemporaryFailure, delay: number, doing: string): Promise<void> {
    const { retryAfterMs = delay } = failure;
    if (retryAfterMs > MAX_RETRY_AFTER_MS) throw lastingError(failure, this.subject, doing);
    try {
      await sleep(retryAfterMs, undefined, this.signal && { signal: this.signal });
    } catch (error) {
      this.signal?.throwIfAborted();
      throw error;
    }
  }

  #headers(url: string, given: RequestInit['headers']): Headers {
    const headers = new Headers(given);
    const { endpoint, token } = this.subject.settings;
    headers.set('user-agent', 'dpo-diff');
    // `fetch` itself drops the token when the hub sends us on to another host.
    if (token && new URL(url).origin === new URL(endpoint).origin) {
      headers.set('authorization', `Bearer ${token.value}`);
    }
    return headers;
  }

  async #failure(response: Response, watch: Watch): Promise<Error> {
    const { status, headers } = response;
    const message = headers.get('x-error-message') ?? (await errorMessage(response, watch));
    if (status === 429 || status >= 500) {
      const retryAfterMs = retryAfter(headers);
      return new TemporaryFailure(`answers ${status}${message ? `: ${message}` : ''}`, {
        status,
        ...(retryAfterMs !== undefined && { retryAfterMs }),
      });
    }
    return refusalError(status, { code: headers.get('x-error-code'), message }, this.subject);
  }
}

/** Ends a request that is silent for too long, or that nobody wants any more. */
class Watch {
  readonly #controller = new AbortController();
  readonly #timer: NodeJS.Timeout;
  readonly #outer: AbortSignal | undefined;
  readonly #onAbort = () => this.#controller.abort(this.#outer?.reason);

  constructor(idleMs: number, outer: AbortSignal | undefined) {
    this.#outer = outer;
    outer?.addEventListener('abort', this.#onAbort, { once: true });
    const silent = `nothing came for ${idleMs / 1000} s`;
    this.#timer = setTimeout(() => this.#controller.abort(new TemporaryFailure(silent)), idleMs);
  }

  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  /** Something came. */
  touch(): void {
    this.#timer.refresh();
  }

  async guard<T>(work: Promise<T>): Promise<T> {
    try {
      return await work;
    } catch (error) {
      throw this.explain(error);
    }
  }

  /** Why the request failed: the caller's wish, silence, or the network. */
  explain(error: unknown): unknown {
    if (this.#outer?.aborted) return this.#outer.reason;
    if (this.signal.aborted) return this.signal.reason;
    return networkFailure(error);
  }

  close(): void {
    clearTimeout(this.#timer);
    this.#outer?.removeEventListener('abort', this.#onAbort);
    this.#controller.abort();
  }
}

async function* bodyOf(response: Response, watch: Watch): AsyncGenerator<Uint8Array> {
  const reader = response.body?.getReader();
  while (reader !== undefined) {
    const { done, value } = await watch.guard(reader.read());
    if (done) return;
    watch.touch();
    yield value;
  }
}

async function errorMessage(response: Response, watch: Watch): Promise<string | null> {
  const text = await watch.guard(response.text());
  try {
    const { error } = JSON.parse(text) as { error?: unknown };
    return typeof error === 'string' ? error : null;
  } catch {
    // A page for people.
    return null;
  }
}

/** Milliseconds; a date is taken against the server's own clock. */
function retryAfter(headers: Headers): number | undefined {
  const text = headers.get('retry-after');
  if (text === null) return undefined;
  const seconds = Number(text);
  if (Number.isFinite(seconds)) return Math.max(0, seconds * 1000);
  const wait = Date.parse(text) - Date.parse(headers.get('date') ?? '');
  return Number.isFinite(wait) ? Math.max(0, wait) : undefined;
}

/** Where there is no network, or nobody at the address, another attempt helps less than a quick answer. */
const UNREACHABLE: ReadonlySet<string | undefined> = new Set([
  'ENOTFOUND',
  'EAI_AGAIN',
  'ECONNREFUSED',
  'ENETUNREACH',
  'EHOSTUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
]);

/** `fetch` says no more than "fetch failed"; its causes know. */
function networkFailure(error: unknown): TemporaryFailure {
  let deepest = error;
  while (deepest instanceof Error && deepest.cause !== undefined) deepest = deepest.cause;
  const { code, message } = deepest as NodeJS.ErrnoException;
  const reason = message || code || String(deepest);
  return new TemporaryFailure(reason, { cause: error, isUnreachable: UNREACHABLE.has(code) });
}
