/** @file An option's value from its text, or a sentence that says what it must be. */
import { DpoError } from '../errors.ts';
import { didYouMean } from '../words/nearest-name.ts';
import { kebabCase, type OptionSpec } from './option-spec.ts';
import { OPTIONS, type OptionName } from './shared-options.ts';

/**
 * The value of an option whose texts may be several.
 * @throws {DpoError} INVALID_OPTION
 */
export function optionValues(
  name: OptionName,
  texts: string | true | readonly string[],
  label?: string,
): unknown {
  if (typeof texts !== 'object') return optionValue(name, texts, label);
  return texts.flatMap((text) => optionValue(name, text, label));
}

/**
 * The value that `text` gives to the option; true is a flag that is there.
 * @param label how the option is called where it stands. @default `--name`
 * @throws {DpoError} INVALID_OPTION
 */
export function optionValue(
  name: OptionName,
  text: string | true,
  label: string = `--${kebabCase(name)}`,
): unknown {
  const spec: OptionSpec<unknown> = OPTIONS[name];
  const value = spec.kind.read(text === true ? '' : text);
  if (value !== undefined) return value;
  const found = text === '' ? 'nothing' : JSON.stringify(text);
  const hint = didYouMean(String(text), spec.kind.choices ?? []);
  throw new DpoError('INVALID_OPTION', `${label} must be ${spec.kind.expected}, but it is ${found}.${hint}`, {
    details: { option: name, value: text },
  });
}
