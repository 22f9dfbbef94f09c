import { closeSync, openSync, readSync } from 'node:fs';
import { runTableTask } from '@oneshot/evaluation';

/** What a process that ranked a table, or wrote its report, tells. */
export interface ScoresFigures {
  readonly seconds: number;
  readonly peakMegabytes: number;
  /** Size of the page; 0 where none was asked for. */
  readonly pageMegabytes: number;
}

const [file = '', files = 'data'] = process.argv.slice(2);
const started = performance.now();
let page = 0;
const task = { kind: 'rank', reading: {}, analysis: {}, files: files === 'all' ? 'all' : 'data' } as const;
for await (const { name, bytes } of runTableTask(
  task,
  [{ name: file, role: 'scores', chunks: chunksOf(file) }],
  'bench',
)) {
  if (name === 'report.html') page = bytes.length;
}
const figures: ScoresFigures = {
  seconds: (performance.now() - started) / 1000,
  peakMegabytes: process.resourceUsage().maxRSS / 1024,
  pageMegabytes: page / 1e6,
};
console.log(JSON.stringify(figures));

function* chunksOf(path: string): Iterable<Uint8Array> {
  const descriptor = openSync(path, 'r');
  for (;;) {
    const chunk = Buffer.allocUnsafeSlow(1 << 20);
    const length = readSync(descriptor, chunk);
    if (length === 0) break;
    yield chunk.subarray(0, length);
  }
  closeSync(descriptor);
}
