// Measures this project's side in a process of its own, so that its peak memory is its own too.
// Prints one line of JSON.
import { selectBackend } from '@oneshot/engine';
import { noiseBatch, stepModel } from './model.js';
import { stepRow } from './rows.js';
import type { OwnOptions, SideFigures } from './side.js';

type Given = Omit<OwnOptions, 'row'> & { readonly row: string };

const { row: name, steps, threads, batch: count, ...changes }: Given = JSON.parse(process.argv[2] ?? '{}');
const row = stepRow(name);
const backend = await selectBackend({ threads });
const model = stepModel(row, changes);
const batch = noiseBatch(count ?? row.batch);
const times: number[] = [];
let before = process.cpuUsage();
for (let step = 0; step <= steps; step++) {
  const started = performance.now();
  const loss = model.run(batch, step);
  if (!Number.isFinite(loss)) throw new Error(`the loss became ${loss}`);
  // The first step plans and warms up.
  if (step > 0) times.push((performance.now() - started) / 1000);
  else before = process.cpuUsage();
}
const used = process.cpuUsage(before);
times.sort((a, b) => a - b);
const figures: SideFigures = {
  engine: `oneshot ${backend.name}`,
  layout: 'nhwc',
  weight_params: model.weights,
  step_s_min: times[0] ?? Number.NaN,
  step_s_median: times[Math.floor(times.length / 2)] ?? Number.NaN,
  step_cpu_s: (used.user + used.system) / 1e6 / steps,
  peak_memory_mib: Math.round(process.resourceUsage().maxRSS / 1024),
};
console.log(JSON.stringify(figures));
