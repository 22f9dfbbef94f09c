import { machine } from '../process/machine.js';
import { writeFigures } from '../process/write-figures.js';
import { parseStepOptions, type StepOptions, stepUsage } from './options.js';
import type { StepRow } from './rows.js';
import { bestOf, ownSide, peerSide, type SideFigures } from './side.js';
import { type MeasuredRow, stepTable, weightNotes } from './table.js';

/** Runs `step` as its command line says; resolves to the exit code. */
export async function runStep(args: readonly string[]): Promise<number> {
  if (args.includes('--help')) {
    console.log(stepUsage);
    return 0;
  }
  const options = parseStepOptions(args);
  if (typeof options === 'string') {
    console.error(`${options}\n\n${stepUsage}`);
    return 2;
  }
  const measured: MeasuredRow[] = [];
  const runs: Record<string, Record<string, SideFigures[]>> = {};
  for (const row of options.rows) {
    console.error(`${row.name} …`);
    const sides = await measure(row, options);
    runs[row.name] = sides;
    const [own, nchw, nhwc] = [sides.own, sides.nchw, sides.nhwc].map((side) => bestOf(side ?? []));
    if (own !== undefined) measured.push({ row, own, ...(nchw && { nchw }), ...(nhwc && { nhwc }) });
  }
  const { rounds, steps, threads } = options;
  const { cpu, cores, node } = machine();
  console.log(`${cpu}, ${threads} of ${cores} cores, Node ${node}; fastest of ${rounds} × ${steps} steps\n`);
  console.log(stepTable(measured));
  for (const note of weightNotes(measured)) console.log(`\n${note}`);
  await writeFigures(options.json, { rounds, steps, threads, rows: measured, runs });
  return 0;
}

/**
 * Figures of each side in every round: ours first, then the peer's two layouts. Never two at once.
 */
async function measure(
  row: StepRow,
  { peer, rounds, steps, threads }: StepOptions,
): Promise<Record<string, SideFigures[]>> {
  const sides: Record<string, () => Promise<SideFigures>> = { own: () => ownSide({ row, steps, threads }) };
  if (peer !== undefined) {
    sides.nchw = () => peerSide(row, peer, 'nchw', { steps, threads });
    sides.nhwc = () => peerSide(row, peer, 'nhwc', { steps, threads });
  }
  const runs: Record<string, SideFigures[]> = {};
  for (let round = 0; round < rounds; round++) {
    for (const [name, side] of Object.entries(sides)) {
      const figures = await side();
      runs[name] = [...(runs[name] ?? []), figures];
    }
  }
  return runs;
}
