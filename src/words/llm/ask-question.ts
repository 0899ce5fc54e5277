/**
 * @file Asks until the answer will do: by schema first, then for any JSON, then for plain lines, as far as the server and the model
 * can; answers that cannot be read or used are asked for again, a fixed number of times.
 */
import { DpoError } from '../../errors.ts';
import { type Chat, type ChatMessage, type ChatReply, REPLY_FORMATS, type ReplyFormat } from './chat.ts';
import type { Question } from './question.ts';

/** Answers that one question may take, the first included: it is asked again at most four times. */
export const MAX_ANSWERS = 5;
/** Answers in one format that could not be read before the next format is tried. */
const MAX_UNREADABLE = 2;
const MAX_REFUSALS = 2;
/** As much of an earlier answer as is sent back with a complaint. */
const MAX_QUOTED = 4000;

/** An answer worth keeping, as it came. */
export interface KeptReply {
  readonly format: ReplyFormat;
  readonly text: string;
}

export interface Answers<T> {
  readonly values: readonly T[];
  readonly replies: readonly KeptReply[];
  /** Why there is nothing usable, as a clause; undefined when there is. */
  readonly failure: string | undefined;
  /** Sentences on what was asked for otherwise than at first. */
  readonly remarks: readonly string[];
}

export interface AskOptions {
  readonly signal?: AbortSignal | undefined;
  /** Told before each request. */
  readonly onRequest?: (() => void) | undefined;
}

/** @throws {DpoError} INVALID_OPTION when the server knows neither key nor model; the signal's reason */
export async function askQuestion<T>(
  chat: Chat,
  question: Question<T>,
  options: AskOptions = {},
): Promise<Answers<T>> {
  const inquiry = new Inquiry(chat, question, options);
  while (inquiry.goesOn) await inquiry.step();
  return inquiry.answers;
}

class Inquiry<T> {
  readonly #chat: Chat;
  readonly #question: Question<T>;
  readonly #options: AskOptions;
  readonly #values: T[] = [];
  readonly #replies: KeptReply[] = [];
  readonly #remarks: string[] = [];
  #format = 0;
  #answers = 0;
  #unreadable = 0;
  #refusals = 0;
  #isOver = false;
  #failure: string | undefined;
  #complaint: string | undefined;
  /** What the model said last, and what is wrong with it. */
  #followUp: readonly ChatMessage[] = [];

  constructor(chat: Chat, question: Question<T>, options: AskOptions) {
    this.#chat = chat;
    this.#question = question;
    this.#options = options;
  }

  get goesOn(): boolean {
    return !this.#isOver && this.#answers < MAX_ANSWERS;
  }

  get answers(): Answers<T> {
    const isUsable = this.#question.isUsable(this.#values);
    const failure = isUsable ? undefined : (this.#failure ?? 'it gave nothing that can be used');
    return { values: this.#values, replies: this.#replies, failure, remarks: this.#remarks };
  }

  async step(): Promise<void> {
    const { signal, onRequest } = this.#options;
    const format = REPLY_FORMATS[this.#format];
    const content = this.#question.text(format);
    onRequest?.();
    const messages: ChatMessage[] = [{ role: 'user', content }, ...this.#followUp];
    this.#take(await this.#chat.ask({ messages, format, schema: this.#question.schema, signal }));
  }

  #take(reply: ChatReply): void {
    if (reply.kind !== 'unsupported' && reply.kind !== 'unavailable') this.#answers++;
    if (reply.kind === 'text') this.#takeText(reply.text);
    else if (reply.kind === 'unreadable') this.#noteUnreadable(reply.problem);
    else if (reply.kind === 'refusal') this.#noteRefusal(reply.problem);
    else if (reply.kind === 'unsupported') this.#noteUnsupported(reply.status, reply.problem);
    else {
      this.#failure = reply.problem;
      this.#isOver = true;
    }
  }

  #takeText(text: string): void {
    const reading = this.#question.read(text);
    if (reading.problem !== undefined) {
      if (looksLikeRefusal(text)) this.#noteRefusal(`it refused: ${shown(text)}`);
      else this.#noteUnreadable(reading.problem);
      return;
    }
    this.#values.push(reading.value);
    this.#replies.push({ format: REPLY_FORMATS[this.#format], text });
    const complaint = this.#question.complaint(this.#values);
    // The same complaint once more would bring the same answer once more
    if (complaint === undefined || complaint === this.#complaint) this.#isOver = true;
    this.#complaint = complaint;
    if (complaint !== undefined) {
      this.#failure = 'it named no words of the prompt, or no choices that can be used';
      this.#followUp = [
        { role: 'assistant', content: text.slice(0, MAX_QUOTED) },
        { role: 'user', content: complaint },
      ];
    }
  }

  #noteUnreadable(problem: string): void {
    this.#failure = problem;
    if (++this.#unreadable < MAX_UNREADABLE || this.#isLastFormat) return;
    this.#nextFormat(`gave no answer that can be read (${problem})`);
  }

  #noteRefusal(problem: string): void {
    this.#failure = problem;
    this.#isOver = ++this.#refusals >= MAX_REFUSALS;
  }

  #noteUnsupported(status: number, problem: string): void {
    if (this.#isLastFormat) throw notAsked(this.#chat, status, problem);
    this.#nextFormat(`does not take the reply format ${REPLY_FORMATS[this.#format]} (status ${status})`);
  }

  get #isLastFormat(): boolean {
    return this.#format === REPLY_FORMATS.length - 1;
  }

  #nextFormat(reason: string): void {
    const { model, host } = this.#chat;
    this.#format++;
    this.#unreadable = 0;
    this.#followUp = [];
    const next = REPLY_FORMATS[this.#format];
    const what = next === 'plain' ? 'plain lines' : next;
    this.#remarks.push(`The language model ${model} at ${host} ${reason}; it was asked for ${what} instead.`);
  }
}

/** The plainest request there is was refused too, so the reply format was not what was wrong. */
function notAsked({ model, host }: Chat, status: number, problem: string): DpoError {
  return new DpoError(
    'INVALID_OPTION',
    `The server at ${host} cannot be asked for words of the language model ${model}: ${problem}. Check --llm-model, and the path in OPENAI_BASE_URL, which mostly ends in /v1.`,
    { details: { option: 'llmModel', host, model, status } },
  );
}

/** Models that refuse in plain words mostly begin like this. */
function looksLikeRefusal(text: string): boolean {
  return /^\W*(?:i(?:['’]m| am) (?:sorry|unable|not able)|sorry\b|i (?:cannot|can['’]?t|won['’]?t|will not)|as an ai\b|unfortunately\b)/i.test(
    text,
  );
}

function shown(text: string): string {
  const line = text.replace(/\s+/g, ' ');
  return line.length > 100 ? `${line.slice(0, 99)}…` : line;
}
