/** @file A question to a language model, whatever it asks: its words, how an answer is read, and when it is good enough. */
import type { z } from 'zod';
import type { ReplyFormat } from './chat.ts';

export type Reading<T> =
  | { readonly value: T; readonly problem?: undefined }
  /** A clause: what is wrong with the text as a whole. */
  | { readonly problem: string };

export interface Question<T> {
  /** What is asked, for the cache: `words`, `concepts` or `sentences`. */
  readonly kind: string;
  /** What the answer's JSON must be, where the server can be told. */
  readonly schema: z.ZodType;
  text(format: ReplyFormat): string;
  read(reply: string): Reading<T>;
  /** What to say to the model after its answers so far; undefined when they are good enough. */
  complaint(values: readonly T[]): string | undefined;
  /** Whether anything in `values` can be used. */
  isUsable(values: readonly T[]): boolean;
}
