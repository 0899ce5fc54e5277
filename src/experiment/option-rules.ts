/** @file What an experiment needs to know of the command line's options, which are not this room's. */

/** Where an option stands, for messages. */
export interface OptionPlace {
  /** Begins the sentence about a name: `The experiment file table.yaml, line 12`. */
  readonly subject: string;
  /** Follows the name: `table.yaml, line 12`. */
  readonly place: string;
}

export interface OptionRules {
  /**
   * Options in camel case with their values as the command line would read them, from JSON's types; a flag that is off is left out.
   * @throws {DpoError} INVALID_OPTION naming what is unknown or wrong
   */
  parse(given: Readonly<Record<string, unknown>>, place: OptionPlace): Readonly<Record<string, unknown>>;
  /** Names of those that choose and open the model: all runs share one. */
  readonly ofModel: ReadonlySet<string>;
  /** Names of those that an experiment cannot take, with what to do instead, as a sentence. */
  readonly refused: ReadonlyMap<string, string>;
}

/** Options whose value may be a file. */
export const FILE_OPTIONS: ReadonlySet<string> = new Set([
  'model',
  'scorer',
  'heldOutScorer',
  'similarityModel',
  'pipelineConfig',
  'lora',
  'space',
]);
