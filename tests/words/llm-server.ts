/**
 * @file A server that speaks the OpenAI protocol over real HTTP (`POST /v1/chat/completions`), knows as many reply formats as it is told
 * to, keeps a record of what it was asked, and misbehaves on purpose: one behaviour for each request, in order.
 */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export type Behaviour =
  /** An answer with this content; `finish` is its `finish_reason`. */
  | { readonly kind: 'content'; readonly content: string; readonly finish?: string }
  /** The model refuses in the field that is meant for it. */
  | { readonly kind: 'refusal'; readonly refusal: string }
  | {
      readonly kind: 'status';
      readonly status: number;
      readonly headers?: Readonly<Record<string, string>>;
      /** @default an error object, as OpenAI has it */
      readonly body?: string;
    }
  /** A body that is sent as it stands, with status 200. */
  | { readonly kind: 'body'; readonly body: string }
  /** Waits so many milliseconds before it goes on with the next behaviour. */
  | { readonly kind: 'slow'; readonly ms: number }
  /** Sends the beginning of an answer and then nothing more, with the connection open. */
  | { readonly kind: 'stall' }
  /** Sends without end. */
  | { readonly kind: 'flood' }
  /** Ends the connection without an answer. */
  | { readonly kind: 'drop' };

export interface ChatAsked {
  readonly authorization: string | undefined;
  readonly path: string;
  readonly model: string;
  readonly messages: readonly { readonly role: string; readonly content: string }[];
  /** `json_schema`, `json_object` or undefined. */
  readonly format: string | undefined;
  /** The schema that was sent. */
  readonly schema: unknown;
  /** Milliseconds since the server was made. */
  readonly at: number;
}

export class LlmServer {
  /** Every request for an answer, in order. */
  readonly asked: ChatAsked[] = [];
  /** Values of `response_format.type` that do not give `unsupportedStatus`. */
  formats: ReadonlySet<string> = new Set(['json_schema', 'json_object']);
  unsupportedStatus = 400;
  /** Other models give 404; any model without. */
  model: string | undefined;
  /** Other keys give 401, and the key is said in the answer; no key is needed without. */
  key: string | undefined;
  /** What is answered when no behaviour is left. */
  content: (asked: ChatAsked) => string = () => '';
  readonly #behaviours: Behaviour[] = [];
  readonly #server = createServer((request, response) => void this.#answer(request, response));

  async start(): Promise<this> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
    return this;
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  /** What `OPENAI_BASE_URL` must be. */
  get url(): string {
    return `http://${this.host}/v1`;
  }

  get host(): string {
    return `127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  /** The next requests meet these, one after another. */
  behave(...behaviours: readonly Behaviour[]): void {
    this.#behaviours.push(...behaviours);
  }

  /** As a new server, but for its address. */
  reset(): void {
    this.asked.length = 0;
    this.#behaviours.length = 0;
    this.formats = new Set(['json_schema', 'json_object']);
    this.unsupportedStatus = 400;
    this.model = undefined;
    this.key = undefined;
    this.content = () => '';
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const asked = await readAsked(request);
    this.asked.push(asked);
    const refused = this.#refusalOf(asked);
    if (refused) return refuse(response, ...refused);
    let behaviour = this.#behaviours.shift();
    while (behaviour?.kind === 'slow') {
      const { ms } = behaviour;
      await new Promise((resolve) => setTimeout(resolve, ms));
      behaviour = this.#behaviours.shift();
    }
    act(response, behaviour ?? { kind: 'content', content: this.content(asked) });
  }

  #refusalOf({
    path,
    authorization,
    model,
    format,
  }: ChatAsked): [status: number, message: string] | undefined {
    if (!path.startsWith('/v1/chat/completions')) return [404, `Invalid URL (POST ${path})`];
    if (this.key !== undefined && authorization !== `Bearer ${this.key}`)
      return [401, `Incorrect API key provided: ${authorization}. You can find your API key at example.com.`];
    if (this.model !== undefined && model !== this.model)
      return [404, `The model \`${model}\` does not exist or you do not have access to it.`];
    if (format !== undefined && !this.formats.has(format))
      return [this.unsupportedStatus, `response_format.type: unsupported value '${format}'`];
    return undefined;
  }
}

async function readAsked(request: IncomingMessage): Promise<ChatAsked> {
  const chunks = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const { model, messages, response_format: format } = JSON.parse(Buffer.concat(chunks).toString() || '{}');
  return {
    authorization: request.headers.authorization,
    path: request.url ?? '',
    model,
    messages,
    format: format?.type,
    schema: format?.json_schema?.schema,
    at: performance.now(),
  };
}

function act(response: ServerResponse, behaviour: Behaviour): void {
  if (behaviour.kind === 'content') {
    send(response, completion({ content: behaviour.content }, behaviour.finish));
  } else if (behaviour.kind === 'refusal') {
    send(response, completion({ content: null, refusal: behaviour.refusal }));
  } else if (behaviour.kind === 'status') {
    response.writeHead(behaviour.status, { 'content-type': 'application/json', ...behaviour.headers });
    response.end(behaviour.body ?? errorBody(`status ${behaviour.status} on purpose`));
  } else if (behaviour.kind === 'body') {
    send(response, behaviour.body);
  } else if (behaviour.kind === 'stall') {
    response.writeHead(200, { 'content-type': 'application/json' });
    response.write('{"choices": [');
  } else if (behaviour.kind === 'flood') {
    flood(response);
  } else response.destroy();
}

function completion(message: object, finish = 'stop'): string {
  return JSON.stringify({
    id: 'chatcmpl-1',
    object: 'chat.completion',
    created: 0,
    model: 'served',
    choices: [{ index: 0, message: { role: 'assistant', ...message }, finish_reason: finish }],
  });
}

function send(response: ServerResponse, body: string): void {
  response.writeHead(200, { 'content-type': 'application/json' });
  response.end(body);
}

function flood(response: ServerResponse): void {
  response.writeHead(200, { 'content-type': 'application/json' });
  const piece = `"${'word '.repeat(10_000)}",`;
  const more = () => {
    while (!response.destroyed && response.write(piece));
    if (!response.destroyed) response.once('drain', more);
  };
  response.write('{"choices": [');
  more();
}

function refuse(response: ServerResponse, status: number, message: string): void {
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(errorBody(message));
}

function errorBody(message: string): string {
  return JSON.stringify({ error: { message, type: 'invalid_request_error', param: null, code: null } });
}

/** What a well-behaved model says in the format that it was asked for. */
export function wordsAnswer(
  words: Readonly<Record<string, readonly string[]>>,
  format: string | undefined,
): string {
  const entries = Object.entries(words);
  if (format === undefined)
    return entries.map(([word, choices]) => `${word} → ${choices.join(', ')}`).join('\n');
  return JSON.stringify({ words: entries.map(([word, choices]) => ({ word, choices })) });
}
