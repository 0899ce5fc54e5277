/** @file How a command is declared. What it does is loaded when it runs, so that help is quick. */
import type { Host } from './host.ts';
import type { CliOptions, CommandName, OptionName } from './shared-options.ts';

export interface ArgumentSpec {
  readonly name: string;
  readonly description: string;
  readonly optional?: boolean;
}

export interface CommandSpec {
  readonly name: CommandName;
  readonly arguments: readonly ArgumentSpec[];
  /** Beside the name in the list of commands. */
  readonly summary: string;
  /** The first paragraph of the command's own help. */
  readonly description: string;
  readonly examples: readonly string[];
  /** What options say in the help of this command, where they mean something of their own here. */
  readonly help?: Partial<Record<OptionName, { readonly description: string; readonly default: string }>>;
  /** Gives the exit code. `typed` is the whole command line, without the program's name. */
  readonly run: (
    host: Host,
    args: readonly string[],
    options: CliOptions,
    typed: readonly string[],
  ) => Promise<number>;
}
