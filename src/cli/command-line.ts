/** @file The commands as commander sees them, and what becomes of its complaints and of ours. */
import { Command, CommanderError, Option } from 'commander';
import type { CommandSpec } from './command-spec.ts';
import { attackCommand } from './commands/attack.ts';
import { experimentCommand } from './commands/experiment.ts';
import { exportCommand } from './commands/export.ts';
import { generateCommand } from './commands/generate.ts';
import { improveCommand } from './commands/improve.ts';
import { inspectCommand } from './commands/inspect.ts';
import { judgeCommand } from './commands/judge.ts';
import { reportCommand } from './commands/report.ts';
import { resumeCommand } from './commands/resume.ts';
import { scoreCommand } from './commands/score.ts';
import { spaceCommand } from './commands/space.ts';
import { studiesCommand } from './commands/studies.ts';
import { errorText } from './error-text.ts';
import { EXIT_OK, EXIT_USAGE, exitCodeOf } from './exit-code.ts';
import type { Host } from './host.ts';
import { kebabCase, type OptionGroup, type OptionSpec } from './option-spec.ts';
import { type OptionTexts, readOptions } from './read-options.ts';
import { COMMAND_OPTIONS, OPTIONS } from './shared-options.ts';
import { usageSentence } from './usage-sentence.ts';

const COMMANDS: readonly CommandSpec[] = [
  improveCommand,
  attackCommand,
  experimentCommand,
  resumeCommand,
  studiesCommand,
  judgeCommand,
  generateCommand,
  scoreCommand,
  spaceCommand,
  inspectCommand,
  reportCommand,
  exportCommand,
];

const OTHER: OptionGroup = 'Other:';

/** Runs the command line `args` (without node and script). @returns the exit code; nothing is thrown */
export async function runCommandLine(args: readonly string[], host: Host, version: string): Promise<number> {
  const run = { exitCode: EXIT_OK, verbose: args.includes('--verbose'), typed: args };
  try {
    await program(host, version, run).parseAsync(args, { from: 'user' });
    return run.exitCode;
  } catch (error) {
    if (error instanceof CommanderError) return usageExit(error, args, host);
    host.stderr.write(errorText(error, run.verbose));
    return exitCodeOf(error);
  }
}

/** One run of the program. */
interface Run {
  exitCode: number;
  verbose: boolean;
  readonly typed: readonly string[];
}

function program(host: Host, version: string, run: Run): Command {
  const root = new Command('dpo-diff')
    .description('Finds the words that make a text-to-image model follow the prompt.')
    .version(version, '-V, --version', 'print the version')
    .helpOption('-h, --help', 'show help')
    .helpCommand('help [command]', 'show the help of a command')
    .exitOverride()
    .configureOutput({
      writeOut: (text) => host.stdout.write(text),
      writeErr: (text) => host.stderr.write(text),
      // Told as a sentence by usageExit().
      outputError: () => {},
      getOutHelpWidth: () => host.stdout.columns || 80,
      getErrHelpWidth: () => host.stderr.columns || 80,
    })
    .addHelpText(
      'after',
      examplesText(['dpo-diff improve "a red cat and a blue car"', 'dpo-diff improve --help']),
    );
  for (const spec of COMMANDS) addCommand(root, spec, host, run);
  return root;
}

function addCommand(root: Command, spec: CommandSpec, host: Host, run: Run): void {
  const command = root.command(spec.name).summary(spec.summary).description(spec.description);
  for (const { name, description, optional } of spec.arguments) {
    command.argument(optional ? `[${name}]` : `<${name}>`, description);
  }
  for (const name of COMMAND_OPTIONS[spec.name])
    command.addOption(toCommander(name, { ...OPTIONS[name], ...spec.help?.[name] }));
  const config = 'options from a JSON file, by the same names; those given here win';
  command
    .addOption(new Option('--config <FILE>', config).helpGroup(OTHER))
    .addHelpOption(new Option('-h, --help', 'show this help').helpGroup(OTHER))
    .addHelpText('after', examplesText(spec.examples))
    .action(async () => {
      const options = await readOptions(spec.name, command.opts<OptionTexts>());
      run.verbose ||= options.verbose ?? false;
      run.exitCode = await spec.run(host, command.args, options, run.typed);
    });
}

function toCommander(name: string, spec: OptionSpec<unknown>): Option {
  const value = spec.placeholder === undefined ? '' : ` <${spec.placeholder}>`;
  const without = spec.default === undefined ? '' : ` (default: ${spec.default})`;
  const option = new Option(`--${kebabCase(name)}${value}`, spec.description + without).helpGroup(spec.group);
  return spec.kind.isRepeated ? option.argParser(collect) : option;
}

/** Commander's way to keep what was given before. */
function collect(text: string, earlier: readonly string[] = []): readonly string[] {
  return [...earlier, text];
}

function examplesText(examples: readonly string[]): string {
  return `\n${examples.length === 1 ? 'Example' : 'Examples'}:\n${examples.map((line) => `  ${line}`).join('\n')}\n`;
}

function usageExit(error: CommanderError, args: readonly string[], host: Host): number {
  // Help and version are thrown too; help for want of a command is a mistake that explains itself.
  if (error.exitCode === 0) return EXIT_OK;
  if (error.code !== 'commander.help') {
    const named = COMMANDS.find(({ name }) => name === args[0]);
    const command = named === undefined ? 'dpo-diff' : `dpo-diff ${named.name}`;
    host.stderr.write(`dpo-diff: ${usageSentence(error, command)}\n`);
  }
  return EXIT_USAGE;
}
