// Measures this project's side in a process of its own, so that its peak memory is its own too. Prints one line of JSON.
import { randomStream, selectBackend } from '@oneshot/engine';
import { stepModel } from './model.js';
import { parseStepOptions } from './options.js';
import type { SideFigures } from './side.js';

const options = parseStepOptions(process.argv.slice(2));
if (typeof options === 'string') throw new Error(options);
const { space, method, batch: count, steps, threads, backend } = options;
const { name } = await selectBackend({ backend, threads });
const model = stepModel(space, method);
const stream = randomStream(0, 'bench', 'batch');
const batch = {
  images: stream.normal(count * 32 * 32 * 3),
  labels: Int32Array.from(randomStream(0, 'bench', 'labels').uniform(count), (u) => Math.floor(10 * u)),
  count,
};
const times: number[] = [];
for (let step = 0; step <= steps; step++) {
  const started = performance.now();
  const loss = model.run(batch, step);
  if (!Number.isFinite(loss)) throw new Error(`the loss became ${loss}`);
  // The first step plans and warms up.
  if (step > 0) times.push((performance.now() - started) / 1000);
}
times.sort((a, b) => a - b);
const figures: SideFigures = {
  engine: `oneshot ${name}`,
  layout: 'nhwc',
  weight_params: model.weights,
  step_s_min: times[0] ?? Number.NaN,
  step_s_median: times[Math.floor(times.length / 2)] ?? Number.NaN,
  peak_memory_mib: Math.round(process.resourceUsage().maxRSS / 1024),
};
console.log(JSON.stringify(figures));
