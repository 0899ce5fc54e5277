/** @file Programs of one model by what they compute and for which sizes, so that a graph is built once. */
import { graphOf, type Node } from '../graph/graph.ts';
import { GraphBuilder } from '../graph/graph-builder.ts';
import type { CompileOptions, Executor, Precision, Program } from '../runtime/executor.ts';

/** Compiled programs by a key that says what they compute, all in one precision. */
export class ProgramTable {
  /** What its programs compute in. */
  readonly precision: Precision;
  readonly #executor: Executor;
  readonly #programs = new Map<string, Promise<Program>>();

  /** @param precision half precision only for a network that was shown to bear it */
  constructor(executor: Executor, precision: Precision = 'float32') {
    this.#executor = executor;
    this.precision = precision;
  }

  /** The program `key`, built by `outputs` on first use. A key says everything that shapes the graph, and stands for one `memory`. */
  get(
    key: string,
    outputs: (g: GraphBuilder) => Readonly<Record<string, Node>>,
    { memory }: Pick<CompileOptions, 'memory'> = {},
  ): Promise<Program> {
    const known = this.#programs.get(key);
    if (known) return known;
    const program = this.#executor.compile(graphOf(outputs(new GraphBuilder())), {
      precision: this.precision,
      ...(memory !== undefined && { memory }),
    });
    this.#programs.set(key, program);
    return program;
  }
}
