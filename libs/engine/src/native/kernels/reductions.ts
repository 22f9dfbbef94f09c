import { Mean, Sum, util } from '@tensorflow/tfjs-core';
import type { HostKernel } from '../../backend/host.js';
import { nativeKernel } from '../kernel.js';
import { forLarge } from '../large.js';

interface Attributes {
  readonly axis?: number | number[] | null;
  readonly keepDims?: boolean;
}

const product = (lengths: readonly number[]): number => lengths.reduce((size, length) => size * length, 1);

/** Axes that are summed, as runs of neighbours: the first of each and the one behind its last. */
function runsOf(axes: readonly number[]): (readonly [number, number])[] {
  const runs: [number, number][] = [];
  for (const axis of [...axes].sort((a, b) => a - b)) {
    const last = runs.at(-1);
    if (last?.[1] === axis) last[1] = axis + 1;
    else runs.push([axis, axis + 1]);
  }
  return runs;
}

function reduction(name: string, factor: (count: number) => number): HostKernel {
  const kernel = nativeKernel<'x', Attributes>(name, ({ inputs, attributes, float, output }, addon) => {
    const { shape } = inputs.x;
    const axes = util.parseAxisParam(attributes.axis ?? shape.map((_, i) => i), shape);
    const lengths = [...shape];
    let values = float('x');
    const runs = runsOf(axes).reverse();
    const result = output(
      attributes.keepDims === true
        ? shape.map((length, i) => (axes.includes(i) ? 1 : length))
        : shape.filter((_, i) => !axes.includes(i)),
    );
    runs.forEach(([first, end], i) => {
      const [outer, inner] = [product(lengths.slice(0, first)), product(lengths.slice(end))];
      const length = product(lengths.slice(first, end));
      lengths.fill(1, first, end);
      const isLast = i === runs.length - 1;
      const sums = isLast ? result.values : new Float32Array(outer * inner);
      addon.sumAxis(
        outer,
        length,
        inner,
        isLast ? factor(product(axes.map((axis) => shape[axis] ?? 1))) : 1,
        values,
        sums,
      );
      values = sums;
    });
    if (runs.length === 0) result.values.set(values);
    return result.info;
  });
  return forLarge(name, 'x', kernel);
}

export const sum = reduction(Sum, () => 1);
export const mean = reduction(Mean, (count) => 1 / count);
