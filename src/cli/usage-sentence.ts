/** @file Commander's complaints as sentences that say what is wrong and what to do. */
import type { CommanderError } from 'commander';
import { camelCase } from './option-spec.ts';
import { COMMAND_OPTIONS } from './shared-options.ts';

/**
 * @param error what commander threw
 * @param command the full name of the command that was parsed, such as `dpo-diff improve`
 */
export function usageSentence({ code, message }: CommanderError, command: string): string {
  // What the user typed may hold quotes of its own.
  const [, named = ''] = /'([\s\S]*)'/.exec(message) ?? [];
  return `${sentence(code, named, message, command)} See ${command} --help.`;
}

function sentence(code: string, named: string, message: string, command: string): string {
  switch (code) {
    case 'commander.unknownOption':
      return unknownOption(named, message, command);
    case 'commander.unknownCommand':
      return `There is no command "${named}".${suggestion(message)}`;
    case 'commander.missingArgument':
      return `The ${named.toUpperCase()} is missing; put it in quotes if it has spaces.`;
    case 'commander.optionMissingArgument':
      return `The option ${named} needs a value after it.`;
    case 'commander.excessArguments':
      return 'There are too many arguments; put a prompt of several words in quotes.';
    default:
      return message.replace(/^error: /, '');
  }
}

function unknownOption(named: string, message: string, command: string): string {
  if (/\s/.test(named)) return `There is no option ${named}. A prompt that begins with a dash goes after --.`;
  const owners = commandsWith(named.replace(/=.*/, ''));
  if (owners.length === 0) return `There is no option ${named}.${suggestion(message)}`;
  return `${command} has no option ${named}; it belongs to ${owners.join(', ')}.`;
}

/** Names of the commands that take the option `typed`. */
function commandsWith(typed: string): string[] {
  const name = camelCase(typed.replace(/^--/, ''));
  return Object.entries(COMMAND_OPTIONS)
    .filter(([, options]: [string, readonly string[]]) => typed.startsWith('--') && options.includes(name))
    .map(([command]) => command);
}

/** Commander's own proposal, on a line of its own: `(Did you mean --steps?)`. */
function suggestion(message: string): string {
  const [, proposal] = /\(Did you mean (.*)\?\)/.exec(message) ?? [];
  return proposal === undefined ? '' : ` Did you mean ${proposal}?`;
}
