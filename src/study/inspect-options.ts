/** @file What a look at a model can be asked. */
import type { OpenModelOptions } from './load-pipeline.ts';
import type { MemoryQuestion } from './memory-report.ts';

/** How a model is opened, and for which pictures its memory is estimated. */
export interface InspectOptions extends OpenModelOptions, MemoryQuestion {}
