/** @file From the texts of a command line and a configuration file to typed options; the command line wins. */
import { optionValues } from './option-value.ts';
import { type CliOptions, COMMAND_OPTIONS, type CommandName, type OptionName } from './shared-options.ts';

/** Texts by option as commander gives them; flags are true, and an option that may be repeated has a list. */
export type OptionTexts = Readonly<Partial<Record<OptionName | 'config', string | true | readonly string[]>>>;

/**
 * The options of `command`. A configuration file may serve several commands, so what this one does not take is left out.
 * @throws {DpoError} INVALID_OPTION naming the option, what it must be and what it is
 */
export async function readOptions(command: CommandName, texts: OptionTexts): Promise<CliOptions> {
  const { config, ...given } = texts;
  const fromFile = typeof config === 'string' ? await configured(config) : {};
  const fromLine = Object.fromEntries(
    Object.entries(given).map(([name, text]) => [name, optionValues(name as OptionName, text)]),
  );
  const taken: readonly string[] = COMMAND_OPTIONS[command];
  const entries = Object.entries({ ...fromFile, ...fromLine }).filter(([name]) => taken.includes(name));
  return Object.fromEntries(entries) as CliOptions;
}

// The schema library is loaded only where there is a file to check: help must not wait for it.
async function configured(path: string): Promise<CliOptions> {
  const { readConfigFile } = await import('./config-file.ts');
  return readConfigFile(path);
}
