/**
 * @file What programs take of a process's memory, from their graphs. The constants were fitted to runs on Linux (onnxruntime 1.30, Node 20):
 * `npm run bench:memory` prints what they give beside what is measured.
 */
import { type Graph, isOp, type Node, type ParameterNode } from '../graph/graph.ts';
import { type GraphCost, graphCost } from '../graph/graph-cost.ts';
import { peakActivationBytes } from '../graph/peak-activations.ts';
import type { MemoryMode } from '../runtime/executor.ts';
import { sizeOf } from '../tensor/tensor.ts';

/** What the runtime does with a graph of this cost: unpack its weights, read them as they are stored, or that with one program open at a time. */
export type ModeOf = (cost: GraphCost) => Exclude<MemoryMode, 'auto'>;

/** What a program takes. */
export interface ProgramMemory {
  readonly cost: GraphCost;
  readonly nodes: number;
  /**
   * Stored bytes of each weight that is read as a whole, by where it lies: parts of one tensor share its key, and a LoRA's weights lie
   * elsewhere. Of a table only the rows that are looked up are ever read.
   */
  readonly weights: ReadonlyMap<string, number>;
  /** Bytes of the weights as float32 that a copy of them takes, and the part of it that is stored in half precision. */
  readonly unpackedBytes: number;
  readonly widenedBytes: number;
  /** Of the values that are alive at once. */
  readonly valueBytes: number;
}

/** Node with this program and onnxruntime, before anything is compiled. */
const PROCESS_BYTES = 165e6;
/** Of a graph, its model and its session, for each node. */
const NODE_BYTES = 7e3;
/** Of a session that stays open. */
const SESSION_BYTES = 3e6;
/** The arena takes more than the values need, because it can seldom fill its gaps. */
const ARENA = 1.1;
/** Small values, in `fast`: a block for all of them comes on top of what the first run took. */
const SMALL_ARENA = 2;
/** In `fast`, convolutions take their pictures in a layout of their own. */
const LAYOUT_ARENA = 1.35;
/** Where `fast` stops being generous: see `sessionOptions()`. */
const LARGE_VALUE_BYTES = 64 * 2 ** 20;
/** Half-precision weights are widened first and packed then: what stays of the first copy, and what it takes while a program is compiled. */
const WIDENED_REST = 0.2;
const WIDENED_MEANWHILE = 0.55;

export function programMemory(graph: Graph): ProgramMemory {
  const tables = lookedUp(graph);
  const whole = graph.parameters.filter((node) => !tables.has(node));
  const halves = graph.parameters.filter(({ stored }) => stored.dtype !== 'float32');
  // A table of halves is widened as a whole.
  const copied = [...new Set([...whole, ...halves])];
  return {
    cost: graphCost(graph),
    nodes: graph.nodes.length,
    weights: new Map(
      whole.map(({ stored }) => [`${stored.path} ${stored.offset}`, stored.byteLength] as const),
    ),
    unpackedBytes: floatBytes(copied),
    widenedBytes: floatBytes(halves),
    valueBytes: peakActivationBytes(graph),
  };
}

/** Parameters that are only ever looked up row by row. */
function lookedUp({ nodes }: Graph): ReadonlySet<Node> {
  const tables = new Set<Node>();
  const others = new Set<Node>();
  for (const node of nodes) {
    if (node.kind !== 'op') continue;
    const table = isOp(node, 'Gather') ? node.inputs[0] : undefined;
    for (const input of node.inputs) (input === table ? tables : others).add(input);
  }
  return new Set([...tables].filter((node) => !others.has(node)));
}

function floatBytes(parameters: readonly ParameterNode[]): number {
  return parameters.reduce((sum, { shape }) => sum + 4 * sizeOf(shape), 0);
}

/**
 * The largest resident size of a process that compiles and runs all of `programs`, pages that several of them map counted once. Programs stay
 * open and keep the memory that their values took; in low memory one is open at a time.
 */
export function residentBytes(programs: readonly ProgramMemory[], modeOf: ModeOf): number {
  const inMode = (mode: ReturnType<ModeOf>) => programs.filter(({ cost }) => modeOf(cost) === mode);
  const [fast, balanced, low] = [inMode('fast'), inMode('balanced'), inMode('low')];
  const nodes = sum(programs, (program) => program.nodes);
  const open =
    SESSION_BYTES * (programs.length - low.length) +
    mappedBytes(balanced) +
    sum(balanced, ({ valueBytes }) => ARENA * valueBytes) +
    sum(fast, (program) => unpackedBytes(program) + fastArena(program));
  const compiling = most(fast, ({ widenedBytes }) => WIDENED_MEANWHILE * widenedBytes);
  const alone = most(low, (program) => mappedBytes([program]) + ARENA * program.valueBytes);
  return PROCESS_BYTES + NODE_BYTES * nodes + open + Math.max(compiling, alone);
}

function mappedBytes(programs: readonly ProgramMemory[]): number {
  const places = new Map(programs.flatMap(({ weights }) => [...weights]));
  return [...places.values()].reduce((total, bytes) => total + bytes, 0);
}

function unpackedBytes({ unpackedBytes, widenedBytes }: ProgramMemory): number {
  return unpackedBytes + WIDENED_REST * widenedBytes;
}

function fastArena({ valueBytes }: ProgramMemory): number {
  return valueBytes * (valueBytes < LARGE_VALUE_BYTES ? SMALL_ARENA : LAYOUT_ARENA);
}

function sum<T>(items: readonly T[], bytes: (item: T) => number): number {
  return items.reduce((total, item) => total + bytes(item), 0);
}

function most<T>(items: readonly T[], bytes: (item: T) => number): number {
  return Math.max(0, ...items.map(bytes));
}
