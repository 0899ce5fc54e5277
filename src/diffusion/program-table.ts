/** @file Programs of one model by what they compute and for which sizes, so that a graph is built once. */
import { graphOf, type Node } from '../graph/graph.ts';
import { GraphBuilder } from '../graph/graph-builder.ts';
import type { Executor, Program } from '../runtime/executor.ts';

export class ProgramTable {
  readonly #executor: Executor;
  readonly #programs = new Map<string, Promise<Program>>();

  constructor(executor: Executor) {
    this.#executor = executor;
  }

  /** The program `key`, built by `outputs` on first use. A key says everything that shapes the graph. */
  get(key: string, outputs: (g: GraphBuilder) => Readonly<Record<string, Node>>): Promise<Program> {
    const known = this.#programs.get(key);
    if (known) return known;
    const program = this.#executor.compile(graphOf(outputs(new GraphBuilder())));
    this.#programs.set(key, program);
    return program;
  }
}
