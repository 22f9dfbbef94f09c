import type { Precision } from '../../cell/precision.js';
import { runCell } from '../../cell/run.js';
import type { CellSchedule } from '../../cell/schedule.js';
import { mul } from '../../ops/elementwise.js';
import { sum } from '../../ops/reduce.js';
import { tensor } from '../../tensor/create.js';
import { tidy } from '../../tensor/memory.js';
import { read } from '../../tensor/read.js';
import { valueAndGradients } from '../../variables/gradients.js';
import { variable } from '../../variables/variable.js';
import { normal, positive } from './numbers.js';

export interface RunOptions {
  readonly batch: number;
  readonly mixPerImage: boolean;
  readonly mode: 'train' | 'eval';
  readonly recompute?: boolean;
  readonly precision?: Precision;
}

/** Everything a cell computes, by name. */
export type CellOutcome = Readonly<Record<string, Float32Array>>;

/** The arrays a schedule is run with: always the same for the same schedule and options. */
export function cellInputs(schedule: CellSchedule, { batch, mixPerImage }: RunOptions) {
  const states = schedule.inputs.map(({ height, width, channels }, i) => {
    const shape = [batch, height, width, channels];
    return { values: normal(shape, i), shape };
  });
  const { weightCount, mixCount, statisticCount } = schedule;
  const mixShape = mixPerImage ? [batch, mixCount] : [mixCount];
  const running = normal([statisticCount], 12).map(Math.abs);
  return {
    states,
    weights: { values: normal([weightCount], 10).map((x) => 0.4 * x), shape: [weightCount] },
    mix: { values: positive(mixShape, 11), shape: mixShape },
    running: { values: running.map((x) => x + 0.5), shape: [statisticCount] },
  };
}

/** Runs a cell forward and backward and returns its result, its statistics and every gradient. */
export function runSchedule(schedule: CellSchedule, options: RunOptions): CellOutcome {
  const { states, weights, mix, running } = cellInputs(schedule, options);
  const variables = [...states, weights, mix].map(({ values, shape }, i) => variable(values, shape, `v${i}`));
  const outcome = tidy(() => {
    const statistics = tensor(running.values, running.shape);
    const { gradients, aux } = valueAndGradients(() => {
      const values = variables.map(({ value }) => value);
      const given = {
        inputs: values.slice(0, states.length),
        weights: values[states.length] as (typeof values)[number],
        mix: values[states.length + 1] as (typeof values)[number],
        mode: options.mode,
        recompute: options.recompute ?? false,
        precision: options.precision ?? 'float32',
        ...(options.mode === 'eval' ? { running: statistics } : {}),
      };
      const { output, statistics: found } = runCell(schedule, given);
      const slope = tensor(normal(output.shape, 20), output.shape);
      return { loss: sum(mul(output, slope)), output, found };
    }, variables);
    const named: Record<string, Float32Array> = { output: read(aux.output) };
    if (aux.found !== null) named.statistics = read(aux.found);
    gradients.forEach((gradient, i) => {
      const name = i < states.length ? `state${i}` : i === states.length ? 'weights' : 'mix';
      named[`gradient of ${name}`] = read(gradient);
    });
    return named;
  });
  for (const v of variables) v.dispose();
  return outcome;
}
