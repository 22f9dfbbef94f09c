import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { randomStream, selectBackend } from '@oneshot/engine';
import { needs, sharedFolder } from '@oneshot/test/needs';
import { describe, expect, it } from 'vitest';
import { derivedNetwork } from '../build/derived.js';
import { parseGenotype } from '../genotype/notation.js';
import { publishedArchitectures } from '../genotype/published.js';
import { randomGenotype } from '../genotype/random.js';
import { SPACE_NAMES } from '../spaces/definition.js';
import { findSpace } from '../spaces/registry.js';
import { createSpace } from '../spaces/space.js';
import { supernet } from '../supernet.js';
import { architectureCost, nasBench201Flops, networkCost } from './cost.js';
import { Network } from './network.js';

const cifar = { input: { height: 32, width: 32, channels: 3 }, outputs: 10 };
const table = join(sharedFolder, 'data', 'nasbench201.csv.gz');

describe('the cost of an architecture', () => {
  it.each(publishedArchitectures())('$name: what $source says', ({ space, genotype, target, ...said }) => {
    const { parameters, multiplyAdds } = architectureCost(space, genotype, target);
    // Papers round, or cut off.
    expect(Math.abs(parameters / said.parameters - 1)).toBeLessThan(0.02);
    if (said.multiplyAdds !== undefined) expect(Math.abs(multiplyAdds / said.multiplyAdds - 1)).toBeLessThan(0.02);
  });

  it('DARTS V2 has the parameters that its authors’ code prints, with an auxiliary head or without', () => {
    const [{ space, genotype, target }] = publishedArchitectures();
    expect(architectureCost(space, genotype, target).parameters).toBe(3_349_342);
    const trained = derivedNetwork(space, genotype, { ...target, auxiliary: 0.4 });
    expect(networkCost(trained)).toEqual(architectureCost(space, genotype, target));
  });

  it(
    'is what the table of NAS-Bench-201 says, parameters and FLOPs, for 300 architectures on three data sets',
    needs('tables of benchmarks', existsSync(table)),
    () => {
      const [header = '', ...lines] = gunzipSync(readFileSync(table)).toString().trim().split('\n');
      const columns = header.split(',');
      const space = createSpace('nasbench201');
      const targets = [
        { set: 'cifar10', ...cifar },
        { set: 'cifar100', ...cifar, outputs: 100 },
        { set: 'imagenet16_120', input: { height: 16, width: 16, channels: 3 }, outputs: 120 },
      ];
      for (let row = 0; row < 300; row++) {
        const cells = lines[(row * 7919) % lines.length]?.split(',') ?? [];
        const column = (name: string) => cells[columns.indexOf(name)] ?? '';
        const genotype = parseGenotype(column('arch'));
        for (const { set, input, outputs } of targets) {
          const network = derivedNetwork(space, genotype, { input, outputs });
          expect(networkCost(network).parameters, column('arch')).toBe(Number(column(`params_${set}`)));
          expect(nasBench201Flops(network), column('arch')).toBe(Math.round(1e6 * Number(column(`flops_m_${set}`))));
        }
      }
    },
  );

  it.each(SPACE_NAMES)('%s: agrees with the network that is built, for the supernet as well', async (name) => {
    await selectBackend({ backend: 'reference', threads: 1 });
    const space = createSpace(findSpace(name)?.example ?? name);
    const target = { input: { height: 16, width: 16, channels: 3 }, outputs: 10 };
    const genotype = randomGenotype(space, randomStream(3, 'test'));
    const networks = [
      derivedNetwork(space, genotype, target),
      supernet(space, target, { sharing: 'shared' }).description,
    ];
    for (const description of networks) {
      const network = new Network(description, { seed: 0 });
      expect(networkCost(description).parameters).toBe(network.parameterCount);
      network.dispose();
    }
    expect(architectureCost(space, genotype, target)).toEqual(networkCost(derivedNetwork(space, genotype, target)));
  });
});
