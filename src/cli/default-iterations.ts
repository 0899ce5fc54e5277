/** @file The one default that progress needs before the library is loaded. */

/** The most gradient iterations of a search when nobody says. */
export const DEFAULT_ITERATIONS = 20;
