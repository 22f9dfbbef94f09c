/**
 * Makes `docs/gallery.md` with its pictures, and the tables in `examples/tables` that it draws:
 * `node scripts/make-gallery.mjs`. The tables are invented, by a generator of a fixed seed, so that
 * the same command gives the same files.
 */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { intervalPlot, reliabilityDiagram, seriesNumbers, standaloneSvg } from '../libs/plots/dist/index.js';
import { root } from './shell.mjs';

let state = 1;
const uniform = () => {
  state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
  return state / 2 ** 32;
};
const normal = () => Math.sqrt(-2 * Math.log(1 - uniform())) * Math.cos(2 * Math.PI * uniform());
const range = (count) => Array.from({ length: count }, (_, at) => at);

const methods = ['darts', 'drnas', 'gdas', 'pc-darts', 'random'];
const benchmarks = ['cifar10', 'cifar100', 'flowers', 'imagenet16', 'svhn', 'textures'];
const strength = { darts: 0.004, drnas: 0.012, gdas: 0.006, 'pc-darts': 0.009, random: 0 };
const operations = ['sep_conv_3x3', 'sep_conv_5x5', 'dil_conv_3x3', 'max_pool_3x3', 'skip_connect'];

const tables = {
  scores: [
    'method,benchmark,seed,accuracy',
    ...benchmarks.flatMap((benchmark, b) =>
      methods.flatMap((method) =>
        range(6).map(
          (seed) =>
            `${method},${benchmark},${seed},${(0.74 + 0.03 * b + strength[method] + 0.006 * normal()).toFixed(4)}`,
        ),
      ),
    ),
  ],
  curves: [
    'series,epoch,loss',
    ...range(12).flatMap((variant) =>
      range(40).map((epoch) => {
        const loss = 0.25 + 0.06 * variant + 1.9 * Math.exp(-(epoch + 1) / (6 + variant)) + 0.01 * normal();
        return `variant ${variant + 1},${epoch + 1},${loss.toFixed(4)}`;
      }),
    ),
  ],
  searches: [
    'method,seed,seconds,accuracy',
    ...methods.flatMap((method) =>
      range(5).flatMap((seed) => {
        let best = 0.4;
        return range(25).map((step) => {
          const now = 0.86 + 3 * strength[method] - 0.4 * Math.exp(-(step + 1) / 6) + 0.02 * normal();
          best = Math.max(best, now);
          return `${method},${seed},${(step + 1) * 20},${best.toFixed(4)}`;
        });
      }),
    ),
  ],
  models: [
    'parameters,accuracy,label,group',
    ...methods.flatMap((method) =>
      range(7).map((model) => {
        const parameters = Math.round(10 ** (5 + 2 * uniform()));
        const accuracy = 0.62 + 0.04 * Math.log10(parameters) + strength[method] + 0.012 * normal();
        return `${parameters},${accuracy.toFixed(4)},${method} ${model},${method}`;
      }),
    ),
  ],
  changes: [
    'row,column,value',
    ...methods.flatMap((method) =>
      benchmarks.map(
        (benchmark) => `${method},${benchmark},${(1.2 * normal() + 80 * strength[method] - 0.4).toFixed(2)}`,
      ),
    ),
  ],
  weights: [
    'epoch,choice,option,weight',
    ...['normal 0→2', 'normal 1→2', 'reduce 0→2'].flatMap((choice, c) =>
      range(30).flatMap((epoch) => {
        const raw = operations.map((_, option) => Math.exp(0.05 * epoch * Math.sin(1.7 * option + 2 * c)));
        const sum = raw.reduce((total, weight) => total + weight, 0);
        return operations.map(
          (operation, option) => `${epoch + 1},${choice},${operation},${(raw[option] / sum).toFixed(4)}`,
        );
      }),
    ),
  ],
  probabilities: [
    'series,probability,accuracy',
    ...['darts', 'gdas', 'uniform'].flatMap((name) =>
      range(60).map((rank) => {
        const accuracy = 0.6 + 0.005 * rank;
        const probability =
          name === 'uniform' ? 1 : Math.exp((name === 'darts' ? 0.02 : 0.05) * rank) * (0.8 + 0.4 * uniform());
        return `${name},${probability.toFixed(4)},${accuracy.toFixed(4)}`;
      }),
    ),
  ],
};

const published = 'published:confopt/table-2..10';
const cell = "'|nor_conv_3x3~0|+|nor_conv_1x1~0|skip_connect~1|+|avg_pool_3x3~0|skip_connect~1|nor_conv_3x3~2|'";

/** Name, what `oneshot plot` is given, and what is to be seen. */
const figures = [
  [
    'critical-difference',
    published,
    'Average ranks, the best to the right; a bar over methods that a test does not tell apart (Demšar 2006).',
  ],
  [
    'win-rate',
    published,
    'On how many benchmarks the row beats the column; framed where the test tells the two apart.',
  ],
  ['kendall', published, 'How alike benchmarks order the methods.'],
  [
    'boxes',
    'examples/tables/scores.csv --x-label accuracy',
    'Every score, with quartiles from five on; a panel per benchmark, the names once.',
  ],
  [
    'curves',
    'examples/tables/curves.csv --x-label epoch --y-label loss',
    'Curves that can be told apart by colour, by dash and by marker; bands where the table has columns `low` and `high`.',
  ],
  [
    'any-time',
    'examples/tables/searches.csv --x-label seconds --y-label accuracy',
    'The median over seeds at any time, with quartiles as a band.',
  ],
  [
    'scatter',
    'examples/tables/models.csv --x-scale log --x-label parameters --y-label accuracy',
    'Two measures, with Kendall’s τ-b between them.',
  ],
  [
    'pareto',
    'examples/tables/models.csv --x-scale log --x-label parameters --y-label accuracy',
    'The same points with the front of those that no other beats in both.',
  ],
  [
    'heat-map',
    'examples/tables/changes.csv --title "Change of accuracy in points"',
    'Any table; around zero where there are values of both signs.',
  ],
  ['alpha', 'examples/tables/weights.csv', 'Architecture weights over the epochs of a search, on one scale.'],
  ['alpha-trajectories', 'examples/tables/weights.csv', 'The same as lines.'],
  ['operations', 'examples/tables/weights.csv', 'How often each operation is the strongest.'],
  [
    'cumulative-probability',
    'examples/tables/probabilities.csv',
    'How likely a trained supernet draws an architecture of at most a certain accuracy.',
  ],
  ['cell', cell, 'A genotype, from its notation or a file.'],
];

/** Figures that other commands make, drawn here of the same kind of numbers. */
const others = [
  {
    name: 'reliability',
    command: 'oneshot evaluate MODEL --data DIR --out evaluation',
    words: 'Accuracy against confidence: below the diagonal a model is too sure of itself.',
    draw: () =>
      reliabilityDiagram(
        'Reliability',
        range(10).map((bin) => ({
          images: 50,
          confidence: (bin + 0.5) / 10,
          accuracy: Math.max(0, (bin + 0.5) / 10 - 0.004 * bin * bin + 0.02 * normal()),
        })),
      ),
  },
  {
    name: 'ranking',
    command: 'oneshot run CAMPAIGN.yaml',
    words: 'In the report of a campaign: every score, mean and standard deviation of each method.',
    draw: () => {
      const colours = seriesNumbers(methods);
      return intervalPlot(
        'test accuracy',
        methods.map((name) => {
          const scores = range(5).map(() => 0.83 + strength[name] + 0.005 * normal());
          const mean = scores.reduce((sum, score) => sum + score, 0) / 5;
          const spread = Math.sqrt(scores.reduce((sum, score) => sum + (score - mean) ** 2, 0) / 4);
          return { name, scores, mean, standardDeviation: spread, colour: colours.get(name) };
        }),
      );
    },
  },
];

process.chdir(root);
mkdirSync('examples/tables', { recursive: true });
mkdirSync('docs/images/gallery', { recursive: true });
for (const [name, lines] of Object.entries(tables))
  writeFileSync(`examples/tables/${name}.csv`, `${lines.join('\n')}\n`);

const folder = mkdtempSync(join(tmpdir(), 'oneshot-gallery-'));
const { main } = await import('../apps/cli/dist/main.js');
process.stdout.setMaxListeners(2 * figures.length);
const page = [
  '# Gallery',
  '',
  'Every kind of figure, and the command that draws it. Each is written as SVG, PNG or PDF by the ending of `--out`, with its numbers beside it as CSV.',
  'An SVG is light or dark as the reader’s browser is, and light in print; `--theme dark` makes a dark PNG or PDF. A method has the same colour, dash and marker in every figure over',
  'the same methods, and all are told apart in grey. Long names are shortened, and a key below says what they stand for.',
  '',
  'The tables are in `examples/tables` (invented numbers) or published results. `node scripts/make-gallery.mjs` makes this page and its pictures.',
];
for (const [kind, given, words] of figures) {
  const file = join(folder, `${kind}.svg`);
  // Words as a shell splits them.
  const args = (given.match(/'[^']*'|"[^"]*"|\S+/g) ?? []).map((word) => word.replace(/^['"]|['"]$/g, ''));
  await main(['plot', kind, ...args, '--out', file, '--state', join(folder, 'state')]);
  writeFileSync(`docs/images/gallery/${kind}.svg`, readFileSync(file));
  page.push(
    '',
    `## ${kind}`,
    '',
    words,
    '',
    '```sh',
    `oneshot plot ${kind} ${given} --out ${kind}.svg`,
    '```',
    '',
    `![${kind}](images/gallery/${kind}.svg)`,
  );
}
for (const { name, command, words, draw } of others) {
  writeFileSync(`docs/images/gallery/${name}.svg`, standaloneSvg(draw()));
  page.push('', `## ${name}`, '', words, '', '```sh', command, '```', '', `![${name}](images/gallery/${name}.svg)`);
}
writeFileSync('docs/gallery.md', `${page.join('\n')}\n`);
rmSync(folder, { recursive: true });
