/** @file Commander's complaints as sentences that say what is wrong and what to do. */
import type { CommanderError } from 'commander';

/**
 * @param error what commander threw
 * @param command the full name of the command that was parsed, such as `dpo-diff improve`
 */
export function usageSentence({ code, message }: CommanderError, command: string): string {
  const [quoted = ''] = /'[^']*'/.exec(message) ?? [];
  const named = quoted.slice(1, -1);
  const proposal = suggestion(message);
  return `${sentence(code, named, message, proposal !== '')}${proposal} See ${command} --help.`;
}

function sentence(code: string, named: string, message: string, hasProposal: boolean): string {
  switch (code) {
    case 'commander.unknownOption':
      return `There is no option ${named}.${hasProposal ? '' : ' A prompt that begins with a dash goes after --.'}`;
    case 'commander.unknownCommand':
      return `There is no command "${named}".`;
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

/** Commander's own proposal, on a line of its own: `(Did you mean --steps?)`. */
function suggestion(message: string): string {
  const [, proposal] = /\(Did you mean (.*)\?\)/.exec(message) ?? [];
  return proposal === undefined ? '' : ` Did you mean ${proposal}?`;
}
