/** @file What asking a language model means here: messages in, a text or the reason why there is none out. */
import type { z } from 'zod';

/** How the answer is asked for; each server knows the last, most know the second. */
export const REPLY_FORMATS = ['json_schema', 'json_object', 'plain'] as const;

export type ReplyFormat = (typeof REPLY_FORMATS)[number];

export interface ChatMessage {
  readonly role: 'user' | 'assistant';
  readonly content: string;
}

export interface ChatRequest {
  readonly messages: readonly ChatMessage[];
  readonly format: ReplyFormat;
  /** For `json_schema`: what the answer must be. */
  readonly schema: z.ZodType;
  readonly signal?: AbortSignal | undefined;
}

/** No text of it holds a secret. */
export type ChatReply =
  | { readonly kind: 'text'; readonly text: string }
  /** An answer that is no answer: cut off, empty, no JSON of the protocol. `problem` is a clause. */
  | { readonly kind: 'unreadable'; readonly problem: string }
  /** The model, or a filter before or behind it, does not want to answer. */
  | { readonly kind: 'refusal'; readonly problem: string }
  /** The server does not take the request as it is (400, 404, 422), perhaps for its reply format. */
  | { readonly kind: 'unsupported'; readonly status: number; readonly problem: string }
  /** There is no answer to be had, after all attempts. */
  | { readonly kind: 'unavailable'; readonly problem: string };

/** A language model that can be asked. */
export interface Chat {
  readonly model: string;
  readonly host: string;
  /** @throws {DpoError} INVALID_OPTION when the server refuses the key; the signal's reason when it is aborted */
  ask(request: ChatRequest): Promise<ChatReply>;
}
