import { BASELINES } from '@oneshot/benchmarks';
import {
  element,
  formatPercent,
  lineChart,
  type Markup,
  type PageSection,
  reportTable,
  seriesNumbers,
} from '@oneshot/plots';
import { z } from 'zod';

const curve = z.array(z.object({ share: z.number(), accuracy: z.number(), value: z.number() }));
const number = z.number().nullable();

/** The two-stage evaluation as the coordinator's result has it; see `summariseTwoStage`. */
const summary = z.object({
  trainers: z.array(
    z.object({
      trainer: z.string(),
      seeds: z.number(),
      superiority: number,
      samplingTopTenth: number,
      identificationTopTenth: number,
      tau: number,
      samplingCurve: curve,
      identificationCurve: curve,
    }),
  ),
  selectors: z.array(
    z.object({
      selector: z.string(),
      baselines: z.record(z.string(), z.number()),
      reliance: z.object({ distribution: z.number(), weights: z.number() }).nullable(),
    }),
  ),
  combinations: z.array(
    z.object({
      trainer: z.string(),
      selector: z.string(),
      accuracy: z.number(),
      accuracies: z.array(z.number()),
      score: number,
    }),
  ),
  agreement: number,
});

type Summary = z.infer<typeof summary>;
type CurveName = 'samplingCurve' | 'identificationCurve';

/** Training and selection apart; none where the campaign did not ask for it. */
export function twoStageSections(found: unknown): PageSection[] {
  if (found === undefined) return [];
  const read = summary.parse(found);
  return [
    { id: 'stage-one', title: 'Stage 1: what the supernets know', body: stageOne(read) },
    { id: 'stage-two', title: 'Stage 2: what the selectors make of it', body: stageTwo(read) },
  ];
}

function stageOne({ trainers }: Summary): Markup {
  const colours = seriesNumbers(trainers.map(({ trainer }) => trainer));
  const chart = (title: string, name: CurveName) =>
    lineChart({
      title,
      series: [
        ...trainers.map((row) => ({
          name: row.trainer,
          colour: colours.get(row.trainer) ?? 0,
          points: row[name].map(({ share, value }) => [share, value] as const),
        })),
        {
          name: 'uninformed',
          colour: trainers.length,
          points: (trainers[0]?.[name] ?? []).map(({ share }) => [share, share] as const),
        },
      ],
      xName: 'share of the space, best architectures first',
      xScale: 'log',
      percent: true,
      yDomain: [0, 1],
      width: 440,
      height: 260,
      legend: true,
    });
  return element(
    'div',
    {},
    element('div', { class: 'figures' }, [
      chart('Probability of drawing one of the best', 'samplingCurve'),
      chart('Of the best, part that shared weights identify', 'identificationCurve'),
    ]),
    reportTable(
      'What the supernet of each trainer knows',
      [
        { name: 'trainer', cell: ({ trainer }) => trainer },
        { name: 'seeds', number: true, cell: ({ seeds }) => seeds },
        { name: 'draws better than chance', number: true, cell: (row) => percent(row.superiority) },
        { name: 'draws of the best tenth', number: true, cell: (row) => percent(row.samplingTopTenth) },
        { name: 'best tenth identified', number: true, cell: (row) => percent(row.identificationTopTenth) },
        { name: 'Kendall τ of shared weights', number: true, cell: ({ tau }) => fixed(tau) },
      ],
      trainers,
    ),
    element(
      'p',
      { class: 'muted' },
      'Means over seeds. Uninformed drawing is better than chance in 50 %, finds the best tenth in 10 %, and has τ 0. Values appear on hover.',
    ),
  );
}

function stageTwo({ selectors, combinations, agreement }: Summary): Markup {
  const onBaseline = (name: string) => ({
    name,
    number: true,
    cell: ({ baselines }: Summary['selectors'][number]) => percent(baselines[name] ?? null),
  });
  return element(
    'div',
    {},
    reportTable(
      'What each selector chooses on baselines',
      [
        { name: 'selector', cell: ({ selector }) => selector },
        ...BASELINES.map(onBaseline),
        { name: 'relies on the distribution', number: true, cell: ({ reliance }) => points(reliance?.distribution) },
        { name: 'relies on the weights', number: true, cell: ({ reliance }) => points(reliance?.weights) },
      ],
      selectors,
    ),
    element(
      'p',
      { class: 'muted' },
      'True accuracy of what a selector chooses on supernets that are not trained (N) or trained on random architectures (R), drawing uniformly (U) or ideally (I). Reliance on the distribution is RI − RU, on the weights RU − NU.',
    ),
    reportTable(
      'Every combination of trainer and selector',
      [
        { name: 'trainer', cell: ({ trainer }) => trainer },
        { name: 'selector', cell: ({ selector }) => selector },
        { name: 'true accuracy', number: true, cell: ({ accuracy }) => percent(accuracy) },
        { name: 'by seed', cell: ({ accuracies }) => accuracies.map((accuracy) => percent(accuracy)).join(', ') },
        { name: 'combined score', number: true, cell: ({ score }) => (score === null ? '–' : String(score)) },
      ],
      combinations,
    ),
    element(
      'p',
      { class: 'muted' },
      agreement === null
        ? 'The score, smaller is better, foretells which trainer suits which selector; too few differing combinations to say how well.'
        : `The score, smaller is better, foretells which trainer suits which selector; here its order agrees with that of the accuracies by τ ${fixed(agreement)}.`,
    ),
  );
}

function percent(fraction: number | null): string {
  return fraction === null ? '–' : formatPercent(fraction);
}

/** A difference of accuracies in percentage points. */
function points(difference: number | undefined): string {
  if (difference === undefined) return '–';
  return `${difference < 0 ? '−' : '+'}${Math.abs(100 * difference).toFixed(2)}`;
}

function fixed(value: number | null): string {
  return value === null ? '–' : value.toFixed(2).replace('-', '−');
}
