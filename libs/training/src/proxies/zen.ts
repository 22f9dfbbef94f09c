import { abs, add, mul, randomStream, read, sub, sum, type Tensor, tensor, tidy } from '@oneshot/engine';
import type { NetworkDescription } from '@oneshot/nas';
import { pathRunner } from '../search/path-runner.js';
import { defineProxy, type ProxyContext } from './proxy.js';

/** Size of the change of the input, and how often it is drawn, as the authors have it. */
const CHANGE = 0.01;
const DRAWS = 32;

defineProxy({
  name: 'zen',
  summary: 'how much the last features move with a random input, and what the norms on the way took out',
  source: 'Lin et al. 2021 (Zen-NAS), algorithm 1',
  prepare: (context) => ({
    score(selection) {
      const features = pathRunner(context.model, selection, { change: withoutHead });
      let moved = 0;
      for (let draw = 0; draw < DRAWS; draw++) moved += difference(context, features, draw) / DRAWS;
      return Math.log(moved) + normsOf(context, pathRunner(context.model, selection));
    },
  }),
});

type Path = ReturnType<typeof pathRunner>;

/** Normal numbers in the shape of the batch. */
function normal({ batch, seed }: ProxyContext, what: 'input' | 'change', draw: number): Tensor {
  const { shape, size } = batch.input;
  return tensor(randomStream(seed, 'zen', what, draw).normal(size), shape);
}

/** Mean over images of the sum of |f(x) − f(x + 0.01 e)|, x and e normal. */
function difference(context: ProxyContext, features: Path, draw: number): number {
  return tidy(() => {
    const [input, change] = [normal(context, 'input', draw), normal(context, 'change', draw)];
    const moved = sub(features(input).logits, features(add(input, mul(change, CHANGE))).logits);
    return (read(sum(abs(moved)))[0] ?? 0) / context.batch.count;
  });
}

/** Sum of the logarithms of the mean deviations that norms see. */
function normsOf(context: ProxyContext, whole: Path): number {
  return tidy(() =>
    whole(normal(context, 'input', 0))
      .statistics.flatMap((each) => each.variances())
      .reduce((total, variances) => {
        const mean = variances.reduce((sum, value) => sum + value, 0) / variances.length;
        return total + 0.5 * Math.log(mean + 1e-5);
      }, 0),
  );
}

/** Ends before the pooling of the head; a network without one gives its result. */
function withoutHead(path: NetworkDescription): NetworkDescription {
  return { ...path, head: { kind: 'result', from: path.head.from } };
}
