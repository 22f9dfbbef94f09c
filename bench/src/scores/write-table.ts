import { closeSync, openSync, writeSync } from 'node:fs';

/** A table of made-up accuracies: methods differ a little, scores more. */
export interface TableSize {
  readonly form: 'long' | 'wide';
  readonly methods: number;
  readonly benchmarks: number;
  /** Scores of a method on a benchmark; 1 for the wide form. */
  readonly seeds: number;
}

const mostWaiting = 1 << 20;

/** Writes the table as CSV, the same every time. */
export function writeTable(file: string, { form, methods, benchmarks, seeds }: TableSize): void {
  const descriptor = openSync(file, 'w');
  let text = '';
  const put = (line: string) => {
    text += line;
    if (text.length < mostWaiting) return;
    writeSync(descriptor, text);
    text = '';
  };
  let state = 12345;
  const score = (method: number) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return (0.8 + 0.001 * method + 0.1 * (state / 2 ** 32)).toFixed(4);
  };
  const names = Array.from({ length: methods }, (_, method) => `method-${method}`);
  put(form === 'long' ? 'method,benchmark,seed,accuracy\n' : `benchmark,${names.join(',')}\n`);
  for (let benchmark = 0; benchmark < benchmarks; benchmark++) {
    if (form === 'wide') {
      put(`benchmark-${benchmark},${names.map((_, method) => score(method)).join(',')}\n`);
      continue;
    }
    for (const [method, name] of names.entries()) {
      for (let seed = 0; seed < seeds; seed++) put(`${name},benchmark-${benchmark},${seed},${score(method)}\n`);
    }
  }
  writeSync(descriptor, text);
  closeSync(descriptor);
}
