/** @file How an option is declared: once, for the help, the command line and configuration files. */
import type { OptionKind } from './option-kind.ts';

/** Headings of the help, in its order. */
export type OptionGroup =
  | 'Model:'
  | 'Pictures:'
  | 'Search:'
  | 'Output:'
  | 'Other:'
  | 'Advanced, faster search:'
  | 'Advanced, words:'
  | 'Advanced, gradient search (GPO):'
  | 'Advanced, evolution (EPO):'
  | 'Advanced, sizes that SDXL is told:';

export interface OptionSpec<T> {
  readonly group: OptionGroup;
  /** What stands for the value in the help: `N`, `DIR`; undefined for a flag. */
  readonly placeholder?: string;
  /** With its unit, where it has one. */
  readonly description: string;
  /** What applies without it, in words or digits; undefined where nothing does. */
  readonly default?: string;
  readonly kind: OptionKind<T>;
}

/** The value that an option gives. */
export type OptionValue<Spec> = Spec extends OptionSpec<infer T> ? T : never;

/** `heldOutSeeds` to `held-out-seeds`. */
export function kebabCase(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}

/** `held-out-seeds` to `heldOutSeeds`; what is camel case already stays. */
export function camelCase(name: string): string {
  return name.replace(/-([a-z])/g, (_, letter: string) => letter.toUpperCase());
}
