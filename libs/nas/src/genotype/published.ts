import type { TaskShape } from '../network.js';
import type { NetworkSize } from '../spaces/search-space.js';
import { createSpace, type Space } from '../spaces/space.js';
import type { Genotype } from './genotype.js';
import { parseGenotype } from './notation.js';

/** An architecture of a paper, with what the paper says it costs. */
export interface PublishedArchitecture {
  readonly name: string;
  /** Paper and table. */
  readonly source: string;
  readonly space: Space;
  readonly genotype: Genotype;
  readonly target: TaskShape & NetworkSize;
  /** As the paper rounds it. */
  readonly parameters: number;
  /** Where the paper gives them. */
  readonly multiplyAdds?: number;
}

const CIFAR = { input: { height: 32, width: 32, channels: 3 }, outputs: 10, cells: 20, channels: 36 };

const cells = (name: string, source: string, parameters: number, text: string): PublishedArchitecture => ({
  name,
  source,
  space: createSpace('darts'),
  genotype: parseGenotype(text),
  target: CIFAR,
  parameters,
});

/**
 * Kernel and expansion of the blocks of MobileNetV3-Large by stage, behind the first (Howard et al.
 * 2019, table 1).
 */
const LARGE = [
  { kernel: 3, expansions: [4, 3] },
  { kernel: 5, expansions: [3, 3, 3] },
  { kernel: 3, expansions: [6, 2.5, 2.3, 2.3] },
  { kernel: 3, expansions: [6, 6] },
  { kernel: 5, expansions: [6, 6, 6] },
];

function mobileNetV3Large(): PublishedArchitecture {
  const picks = LARGE.flatMap(({ kernel, expansions }, stage) => [
    `stage${stage + 1}.depth=${expansions.length}`,
    ...expansions.flatMap((expansion, block) => {
      const at = `stage${stage + 1}.block${block + 1}`;
      return [`${at}.kernel=${kernel}`, `${at}.expansion=${expansion}`];
    }),
  ]);
  return {
    name: 'MobileNetV3-Large',
    source: 'Howard et al. 2019, table 3',
    space: createSpace({ name: 'mobilenetv3', kernels: [3, 5], expansions: [2.3, 2.5, 3, 4, 6] }),
    genotype: parseGenotype(`mobilenetv3(${picks.join('; ')})`),
    target: { input: { height: 224, width: 224, channels: 3 }, outputs: 1000 },
    parameters: 5.4e6,
    multiplyAdds: 219e6,
  };
}

/** Architectures whose size is published. */
export function publishedArchitectures(): readonly [PublishedArchitecture, ...PublishedArchitecture[]] {
  return [
    cells(
      'DARTS V2',
      'Liu et al. 2019, table 1',
      3.3e6,
      "Genotype(normal=[('sep_conv_3x3', 0), ('sep_conv_3x3', 1), ('sep_conv_3x3', 0), ('sep_conv_3x3', 1), ('sep_conv_3x3', 1), ('skip_connect', 0), ('skip_connect', 0), ('dil_conv_3x3', 2)], normal_concat=[2, 3, 4, 5], reduce=[('max_pool_3x3', 0), ('max_pool_3x3', 1), ('skip_connect', 2), ('max_pool_3x3', 1), ('max_pool_3x3', 0), ('skip_connect', 2), ('skip_connect', 2), ('max_pool_3x3', 1)], reduce_concat=[2, 3, 4, 5])",
    ),
    cells(
      'PC-DARTS',
      'Xu et al. 2020, table 1',
      3.6e6,
      "Genotype(normal=[('sep_conv_3x3', 1), ('skip_connect', 0), ('sep_conv_3x3', 0), ('dil_conv_3x3', 1), ('sep_conv_5x5', 0), ('sep_conv_3x3', 1), ('avg_pool_3x3', 0), ('dil_conv_3x3', 1)], normal_concat=range(2, 6), reduce=[('sep_conv_5x5', 1), ('max_pool_3x3', 0), ('sep_conv_5x5', 1), ('sep_conv_5x5', 2), ('sep_conv_3x3', 0), ('sep_conv_3x3', 3), ('sep_conv_3x3', 1), ('sep_conv_3x3', 2)], reduce_concat=range(2, 6))",
    ),
    mobileNetV3Large(),
  ];
}
