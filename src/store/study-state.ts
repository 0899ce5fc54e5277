/** @file How far a study is. */

/**
 * `running` while a process works on it, `stale` when that process is gone, `stopped` by its user (Ctrl-C) before its end,
 * `failed` with an error, `done`. All but running and done can be resumed.
 */
export type StudyState = 'running' | 'stale' | 'stopped' | 'failed' | 'done';

export const STUDY_STATES: readonly StudyState[] = ['running', 'stale', 'stopped', 'failed', 'done'];
