import {
  type Fidelity,
  type SuiteCampaign,
  type SuiteRetraining,
  smallSuiteCampaign,
  suiteCampaign,
} from './campaign.js';
import { DARTS_BENCH_SUITE, type DartsBenchmark, dartsBenchmark } from './darts-bench.js';
import { supernetParameters } from './parameters.js';
import { HYPERPARAMETER_SETS } from './protocol.js';

/** A file of the suite, by its path below `examples/darts-bench`. */
export interface CampaignFile {
  readonly path: string;
  readonly text: string;
}

/**
 * Every campaign file of the DARTS-Bench-Suite: nine as published, nine small ones, and one of two
 * benchmarks with the methods there are.
 */
export function suiteCampaignFiles(): readonly CampaignFile[] {
  const each = DARTS_BENCH_SUITE.flatMap((benchmark) =>
    (['paper', 'small'] as const).map((fidelity): CampaignFile => {
      const file = `${benchmark.name.replace('/', '-')}.yaml`;
      return {
        path: fidelity === 'paper' ? file : `small/${file}`,
        text: fileText(suiteCampaign(benchmark, fidelity), remarks(benchmark, fidelity)),
      };
    }),
  );
  const both = [dartsBenchmark('wide/regular'), dartsBenchmark('single-cell/no-skip')];
  const four = smallSuiteCampaign('darts-bench-small', both, ['darts', 'gdas', 'drnas', 'random']);
  return [...each, { path: 'small.yaml', text: fileText(four, twoBenchmarks) }];
}

const made = 'Written by scripts/make-darts-bench.mjs; change that instead.';

const run = (file: string) => `  oneshot run examples/darts-bench/${file} --data-dir DIR   # DIR holds cifar10`;

const twoBenchmarks = [
  'Two benchmarks of the DARTS-Bench-Suite (Jha et al. 2025) with its protocol, so small that two cores need minutes.',
  made,
  run('small.yaml'),
];

function remarks(benchmark: DartsBenchmark, fidelity: Fidelity): readonly string[] {
  const { name, publishedAs } = benchmark;
  const file = `${name.replace('/', '-')}.yaml`;
  const million = (supernetParameters(benchmark) / 1e6).toFixed(2);
  const shared = [
    'Of CIFAR-10’s training images a random half is for the search, itself halved into training and validation; the other half is for',
    'retraining at the size of the supernet. Of the seeds the one with the lowest validation loss is retrained, under each hyperparameter set;',
    'mean and maximum of the test accuracies count. Methods that are not there yet are refused by name; --methods runs the others.',
  ];
  if (fidelity === 'paper') {
    return [
      `DARTS-Bench-Suite (Jha et al. 2025): ${publishedAs}. ${made}`,
      run(file),
      ...shared,
      `The supernet has ${million} million parameters; the paper says about 1 million.`,
      'Of DrNAS and Fair DARTS the further penalties (L2 with λ 1, L1 with λ 10) are left out where a profile does not name them.',
    ];
  }
  return [
    `A small fidelity of DARTS-Bench-Suite's ${publishedAs}: fewer cells, channels, nodes, images, epochs, seeds and hyperparameter sets.`,
    `It tries the protocol out; its numbers compare with nothing published. ${made}`,
    run(`small/${file}`),
    ...shared,
  ];
}

function fileText(campaign: SuiteCampaign, comments: readonly string[]): string {
  const lines = comments.map((comment) => `# ${comment}`);
  lines.push(`name: ${campaign.name}`);
  lines.push('methods:', ...campaign.methods.map((method) => `  - ${flow(method)}`));
  lines.push(`seeds: ${flow(campaign.seeds)}`, `retrained: ${campaign.retrained}`, 'benchmarks:');
  for (const benchmark of campaign.benchmarks) {
    const fields = Object.entries(benchmark).map(([name, value]) => `${name}: ${flow(value)}`);
    lines.push(...fields.map((field, position) => `  ${position === 0 ? '-' : ' '} ${field}`));
  }
  lines.push('retrain:', ...campaign.retrain.map((set) => `  - ${flow(set)}${setName(set)}`));
  return `${lines.join('\n')}\n`;
}

/** The name of a hyperparameter set as a comment. */
function setName({ weights }: SuiteRetraining): string {
  const found = HYPERPARAMETER_SETS.find(
    ({ learningRate, weightDecay }) =>
      learningRate === weights.learningRate.from && weightDecay === weights.weightDecay,
  );
  return found === undefined ? '' : ` # ${found.name}`;
}

/** A value in YAML's flow style, on one line. */
function flow(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(flow).join(', ')}]`;
  if (typeof value === 'object' && value !== null) {
    const fields = Object.entries(value).map(([name, field]) => `${name}: ${flow(field)}`);
    return `{ ${fields.join(', ')} }`;
  }
  return typeof value === 'string' ? value : JSON.stringify(value);
}
