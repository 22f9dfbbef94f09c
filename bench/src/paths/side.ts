// Measures the step of one network of MobileNetV3's space in a process of its own. Prints one line
// of JSON.
import type { Batch } from '@oneshot/data';
import { randomStream, selectBackend } from '@oneshot/engine';
import { createSpace, hardWeights, networkCost, resolveProfile, type Selection, type Space } from '@oneshot/nas';
import { architectureStep, imageClassification, learningRatesOf, SearchModel, weightStep } from '@oneshot/training';
import type { NetworkName } from './networks.js';

/** What the parent process asks for. */
export interface PathRequest {
  readonly network: NetworkName;
  readonly steps: number;
  readonly threads: number;
  readonly batch: number;
  /** Height and width. */
  readonly side: number;
}

export interface PathAnswer {
  /** Of the network that runs, for one image. */
  readonly multiplyAdds: number;
  /** Seconds of the fastest and of the middle step. */
  readonly fastest: number;
  readonly median: number;
  /**
   * Seconds of all processors together, of the step that took the fewest: steadier where others
   * work too.
   */
  readonly processors: number;
  /** Largest resident memory of the process, and what it was before the first step, in bytes. */
  readonly peak: number;
  readonly before: number;
}

const classes = 10;

/** The options at one place of every choice's list, which run from small to large. */
function selected(space: Space, network: NetworkName): Selection {
  const place = (count: number): number =>
    network === 'smallest' ? 0 : network === 'largest' ? count - 1 : Math.floor((count - 1) / 2);
  return new Map(space.choices.map(({ id, options }) => [id, options.slice(place(options.length)).slice(0, 1)]));
}

function answer({ network, steps, batch: count, side }: PathRequest): PathAnswer {
  const space = createSpace('mobilenetv3');
  const task = imageClassification({ image: { height: side, width: side, channels: 3 }, classes });
  const active = selected(space, network);
  const profile = resolveProfile({ method: 'darts' }, space);
  const fixed = {
    differentiable: false,
    singlePath: true,
    draw: () => ({ weights: hardWeights(space.groups, active), active, bare: false }),
    expectation: (_: unknown, alpha: Float32Array) => alpha,
  };
  const model = new SearchModel(space, profile, task, 0, ...(network === 'supernet' ? [] : [fixed]));
  const images = randomStream(0, 'bench', 'batch').normal(count * side * side * 3);
  const labels = Int32Array.from({ length: count }, (_, index) => index % classes);
  const batch: Batch = { images, labels, count };
  const learningRates = learningRatesOf(model.profile, 1)(0, 0);
  const before = process.memoryUsage().rss;
  const times: number[] = [];
  let processors = Number.POSITIVE_INFINITY;
  for (let step = 0; step <= steps; step++) {
    const started = performance.now();
    const used = processorSeconds();
    const at = { epoch: 0, step, learningRates };
    if (network === 'supernet') architectureStep(model, batch, batch, at);
    const { loss } = weightStep(model, batch, at);
    if (!Number.isFinite(loss)) throw new Error(`the loss became ${loss}`);
    // The first step plans and warms up.
    if (step === 0) continue;
    times.push((performance.now() - started) / 1000);
    processors = Math.min(processors, processorSeconds() - used);
  }
  times.sort((a, b) => a - b);
  const { description } = model.supernet;
  const run = network === 'supernet' ? description : model.supernet.path(active, false);
  return {
    multiplyAdds: networkCost(run).multiplyAdds,
    fastest: times[0] ?? Number.NaN,
    processors,
    median: times[Math.floor(times.length / 2)] ?? Number.NaN,
    peak: process.resourceUsage().maxRSS * 1024,
    before,
  };
}

function processorSeconds(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
}

const request: PathRequest = JSON.parse(process.argv[2] ?? '{}');
await selectBackend({ threads: request.threads });
console.log(JSON.stringify(answer(request)));
