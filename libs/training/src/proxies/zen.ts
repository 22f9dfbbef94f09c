import { abs, add, mul, randomStream, read, sub, sum, tensor, tidy } from '@oneshot/engine';
import { mixOf, type NetworkDescription, type Selection } from '@oneshot/nas';
import { pathOutput } from './path-pass.js';
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
      let moved = 0;
      for (let draw = 0; draw < DRAWS; draw++) moved += difference(context, selection, draw) / DRAWS;
      return Math.log(moved) + normsOf(context, selection);
    },
  }),
});

/** Mean over images of the sum of |f(x) − f(x + 0.01 e)|, x and e normal. */
function difference({ model, batch, seed }: ProxyContext, selection: Selection, draw: number): number {
  const { shape, size } = batch.input;
  const normal = (what: string) => tensor(randomStream(seed, 'zen', what, draw).normal(size), shape);
  return tidy(() => {
    const [input, change] = [normal('input'), normal('change')];
    const features = (x: typeof input) => pathOutput(model, selection, x, { change: withoutHead });
    const moved = sub(features(input), features(add(input, mul(change, CHANGE))));
    return (read(sum(abs(moved)))[0] ?? 0) / batch.count;
  });
}

/** Sum of the logarithms of the mean deviations that norms see. */
function normsOf({ model, batch, seed }: ProxyContext, selection: Selection): number {
  const { shape, size } = batch.input;
  return tidy(() => {
    const input = tensor(randomStream(seed, 'zen', 'input', 0).normal(size), shape);
    const path = model.supernet.path(selection, false);
    const { statistics } = model.network.forward(input, { mode: 'train', mix: mixOf(model.pathDraw(selection)), path });
    return statistics
      .flatMap((each) => each.variances())
      .reduce((total, variances) => {
        const mean = variances.reduce((sum, value) => sum + value, 0) / variances.length;
        return total + 0.5 * Math.log(mean + 1e-5);
      }, 0);
  });
}

/** Ends before the pooling of the head; a network without one gives its result. */
function withoutHead(path: NetworkDescription): NetworkDescription {
  return { ...path, head: { kind: 'result', from: path.head.from } };
}
