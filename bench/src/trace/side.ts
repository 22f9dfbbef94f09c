// Traces the kernels of one row's step in a process of its own. Prints one line of JSON.
import { type KernelTime, selectBackend, traceKernels, tracePrimitives } from '@oneshot/engine';
import { noiseBatch, stepModel } from '../step/model.js';
import { stepRow } from '../step/rows.js';

/** What the parent process asks for. */
export interface TraceRequest {
  readonly row: string;
  readonly steps: number;
  readonly threads: number;
  /** Cells made of single kernels. */
  readonly primitives: boolean;
}

/** Times of all steps together. */
export interface TraceAnswer {
  readonly wallSeconds: number;
  readonly kernels: readonly KernelTime[];
}

const { row: name, steps, threads, primitives }: TraceRequest = JSON.parse(process.argv[2] ?? '{}');
const row = stepRow(name);
await selectBackend({ threads });
const model = stepModel(row);
const batch = noiseBatch(row.batch);
const trace = primitives ? tracePrimitives : traceKernels;
// The first step plans and warms up.
trace(() => model.run(batch, 0));
const { result: wallSeconds, kernels } = trace(() => {
  const started = performance.now();
  for (let step = 1; step <= steps; step++) model.run(batch, step);
  return (performance.now() - started) / 1000;
});
const answer: TraceAnswer = { wallSeconds, kernels };
console.log(JSON.stringify(answer));
