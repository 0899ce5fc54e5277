/**
 * @file CLIP's byte-pair tokenizer, from the files of a checkpoint. The merging is done by `@huggingface/tokenizers`;
 * here its rules are put together from `vocab.json` and `merges.txt`, which name none.
 */
import { Tokenizer } from '@huggingface/tokenizers';
import { DpoError } from '../errors.ts';
import { readTokenizerFiles, type TokenizerFiles, type Vocabulary } from './tokenizer-files.ts';

/** A prompt as the text encoder reads it. */
export interface TokenizedPrompt {
  /** int32 of length `maxLength`: BOS, the words, EOS, padding. */
  readonly ids: Int32Array;
  /** Number of tokens that the whole prompt takes, without BOS and EOS. */
  readonly tokenCount: number;
  /** The end of the prompt that found no room, as the user typed it; undefined when everything fits. */
  readonly truncatedText: string | undefined;
}

export interface ClipTokenizerOptions {
  /** Positions of the text encoder: an upper bound of what the tokenizer's own files say. */
  readonly maxLength?: number;
  /** Stands in for the vocabulary of a folder that has none. */
  readonly vocabulary?: Vocabulary;
}

const DEFAULT_MAX_LENGTH = 77;
const WORD_SUFFIX = '</w>';
// CLIP's own pattern: contractions, runs of letters, single digits, runs of anything else that is no space.
const CLIP_WORDS = String.raw`'s|'t|'re|'ve|'m|'ll|'d|[\p{L}]+|[\p{N}]|[^\s\p{L}\p{N}]+`;
// The same on text that is not normalised yet, where accents may still be characters of their own.
const TYPED_WORDS = /[\p{L}\p{M}]+|\p{N}\p{M}*|[^\s\p{L}\p{N}]+/gu;

/** Text to token ids and their limits, for one checkpoint. */
export class ClipTokenizer {
  /** Tokens of a whole prompt, BOS and EOS included: 77 in the released models. */
  readonly maxLength: number;
  readonly bosTokenId: number;
  readonly eosTokenId: number;
  /** What fills a short prompt: EOS in SD 1, `!` (id 0) in SD 2. */
  readonly padTokenId: number;
  /** One more than the largest id that can come out. */
  readonly idBound: number;
  readonly #bpe: Tokenizer;
  readonly #files: TokenizerFiles;

  private constructor(bpe: Tokenizer, files: TokenizerFiles, maxLength: number) {
    this.#bpe = bpe;
    this.#files = files;
    this.maxLength = maxLength;
    this.bosTokenId = files.vocab[files.bosToken]!;
    this.eosTokenId = files.vocab[files.eosToken]!;
    this.padTokenId = files.vocab[files.padToken]!;
    this.idBound = Object.values(files.vocab).reduce((bound, id) => Math.max(bound, id + 1), 0);
  }

  /** Reads `vocab.json` and `merges.txt` (or `tokenizer.json`) of `dir`, and its special tokens. */
  static async load(dir: string, options: ClipTokenizerOptions = {}): Promise<ClipTokenizer> {
    return ClipTokenizer.fromFiles(await readTokenizerFiles(dir, options.vocabulary), options);
  }

  /** A tokenizer from files that were read before. @throws {DpoError} INVALID_CHECKPOINT when a special token has no id */
  static fromFiles(files: TokenizerFiles, options: ClipTokenizerOptions = {}): ClipTokenizer {
    for (const token of [files.bosToken, files.eosToken, files.padToken]) {
      if (!Object.hasOwn(files.vocab, token)) {
        const message = `The vocabulary of ${files.name} has no entry for its special token "${token}".`;
        throw new DpoError('INVALID_CHECKPOINT', message, { details: { token } });
      }
    }
    const maxLength = files.maxLength ?? options.maxLength ?? DEFAULT_MAX_LENGTH;
    return new ClipTokenizer(buildBpe(files), files, Math.min(maxLength, options.maxLength ?? maxLength));
  }

  /** The same vocabulary for a text encoder of at most `maxLength` positions. */
  limitedTo(maxLength: number): ClipTokenizer {
    return new ClipTokenizer(this.#bpe, this.#files, Math.min(maxLength, this.maxLength));
  }

  /** Ids of the words of `text`, without BOS and EOS, however many. */
  encode(text: string): number[] {
    return this.#bpe.encode(text, { add_special_tokens: false }).ids;
  }

  /** Whether the text encoder knows `word` as one token; a word that falls into pieces is no good search choice. */
  isKnownWord(word: string): boolean {
    return this.encode(word).length === 1;
  }

  /** The ids that the text encoder reads for `prompt`, and what of it did not fit. */
  tokenize(prompt: string): TokenizedPrompt {
    const words = this.encode(prompt);
    const room = this.maxLength - 2;
    const ids = new Int32Array(this.maxLength).fill(this.padTokenId);
    ids.set([this.bosTokenId, ...words.slice(0, room), this.eosTokenId]);
    const truncatedText = words.length > room ? this.#textBeyond(prompt, room) : undefined;
    return { ids, tokenCount: words.length, truncatedText };
  }

  /** From the first word that is not wholly within `room` tokens to the end. */
  #textBeyond(prompt: string, room: number): string {
    const pieces = [...prompt.matchAll(TYPED_WORDS)];
    let low = 0;
    let high = pieces.length - 1;
    while (low < high) {
      const middle = (low + high) >> 1;
      const piece = pieces[middle]!;
      const fits = this.encode(prompt.slice(0, piece.index + piece[0].length)).length <= room;
      if (fits) low = middle + 1;
      else high = middle;
    }
    return prompt.slice(pieces[low]?.index ?? 0).trim();
  }
}

function buildBpe(files: TokenizerFiles): Tokenizer {
  const special = new Set([files.bosToken, files.eosToken, files.padToken]);
  return new Tokenizer(
    {
      version: '1.0',
      truncation: null,
      padding: null,
      // The padding token is split off even inside a word ("dog!" under SD 2), as Hugging Face does.
      added_tokens: [...special].map((content) => ({
        id: files.vocab[content]!,
        content,
        single_word: false,
        lstrip: false,
        rstrip: false,
        normalized: false,
        special: true,
      })),
      normalizer: {
        type: 'Sequence',
        normalizers: [
          { type: 'NFC' },
          { type: 'Replace', pattern: { Regex: '\\s+' }, content: ' ' },
          { type: 'Lowercase' },
        ],
      },
      pre_tokenizer: {
        type: 'Sequence',
        pretokenizers: [
          { type: 'Split', pattern: { Regex: CLIP_WORDS }, behavior: 'Removed', invert: true },
          { type: 'ByteLevel', add_prefix_space: false, trim_offsets: true, use_regex: false },
        ],
      },
      post_processor: null,
      decoder: null,
      model: {
        type: 'BPE',
        dropout: null,
        unk_token: files.eosToken,
        continuing_subword_prefix: '',
        end_of_word_suffix: WORD_SUFFIX,
        fuse_unk: false,
        byte_fallback: false,
        ignore_merges: false,
        vocab: files.vocab,
        merges: files.merges,
      },
    },
    { tokenizer_class: 'CLIPTokenizer' },
  );
}
