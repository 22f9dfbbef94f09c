import { parseArgs } from 'node:util';
import { analyseScores, checkScores, evidenceSections, runTableTask } from '@oneshot/evaluation';
import { renderCampaignReport } from '@oneshot/plots';
import { exampleCampaign } from './example-campaign.js';

const usage = `usage: npm run bench -- report [--epochs N]

  --epochs N    epochs of each run's curves; default 50`;

/**
 * Prints how long reports of 567 runs take (9 benchmarks × 7 methods × 9), and returns the exit
 * code.
 */
export async function runReport(args: readonly string[]): Promise<number> {
  const { values } = parseArgs({
    args: [...args],
    options: { epochs: { type: 'string', default: '50' }, help: { type: 'boolean' } },
  });
  const epochs = Number(values.epochs);
  if (values.help || !Number.isInteger(epochs) || epochs < 2) {
    console.error(usage);
    return values.help ? 0 : 2;
  }
  const campaign = exampleCampaign(epochs);
  const records = campaign.runs.map(({ method, benchmark, seed, score = 0 }) => ({
    method,
    benchmark,
    seed: `${seed}`,
    value: score,
  }));
  console.log(`${campaign.runs.length} runs, ${epochs} epochs each; goal of a report: 10 s`);
  console.log(`${''.padEnd(66)} ${'wall'.padStart(8)} ${'processor'.padStart(10)} ${'written'.padStart(9)}`);

  await timed('campaign report: tests, figures, curves, cells, HTML', async () => {
    const evidence = evidenceSections(analyseScores(checkScores(records, 'up', 'test accuracy')));
    return Buffer.byteLength(renderCampaignReport(campaign, evidence));
  });
  const rows = records.map(({ method, benchmark, seed, value }) => `${method},${benchmark},${seed},${value}`);
  const text = `method,benchmark,seed,accuracy\n${rows.join('\n')}\n`;
  const table = { name: 'suite.csv', role: 'scores', chunks: [Buffer.from(text)] } as const;
  const ranking = (files: 'data' | 'all') => async () => {
    let bytes = 0;
    for await (const file of runTableTask({ kind: 'rank', reading: {}, analysis: {}, files }, [table], 'bench')) {
      bytes += file.bytes.length;
    }
    return bytes;
  };
  await timed('ranking of the same as CSV: documents', ranking('data'));
  await timed('ranking of the same as CSV: documents, HTML, 12 figures as 4 files', ranking('all'));
  return 0;
}

/**
 * Prints how long work takes by the clock and by the processor, which tells more on a busy machine,
 * and how many bytes it writes.
 */
async function timed(what: string, work: () => Promise<number>): Promise<void> {
  const started = performance.now();
  const before = process.cpuUsage();
  const bytes = await work();
  const { user, system } = process.cpuUsage(before);
  const wall = ((performance.now() - started) / 1000).toFixed(2);
  const processor = ((user + system) / 1e6).toFixed(2);
  console.log(
    `${what.padEnd(66)} ${wall.padStart(6)} s ${processor.padStart(8)} s ${(bytes / 1e6).toFixed(1).padStart(6)} MB`,
  );
}
