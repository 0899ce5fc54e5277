/** @file Prints what a study tells, without times and pixels: for comparing processes. */
import { improve, loadPipeline } from '../../src/index.ts';
import { QUICK_STUDY, STUDY_PROMPT, toldBy } from './quick-study.ts';

const pipeline = await loadPipeline({ threads: 1 });
const told = await toldBy(improve(pipeline, STUDY_PROMPT, QUICK_STUDY));
await pipeline.release();
console.log(JSON.stringify(told));
