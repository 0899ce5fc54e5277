/** @file The names of the presets, for readers that need nothing else of them. */

/** The paper's procedure, then from cheap to costly. */
export const PRESET_NAMES = ['paper', 'quick', 'balanced', 'thorough'] as const;

export type PresetName = (typeof PRESET_NAMES)[number];
