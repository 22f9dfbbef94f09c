import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { machine } from '../process/machine.js';
import { markdownTable } from '../process/markdown.js';
import { runJson } from '../process/run-json.js';
import { writeFigures } from '../process/write-figures.js';
import type { ScoresFigures } from './side.js';
import { type TableSize, writeTable } from './write-table.js';

const usage = `usage: npm run bench -- scores [--large] [--json FILE]

  --large       a table of 4,000,000 rows as well
  --json FILE   writes the figures as JSON too`;

interface Case {
  readonly what: string;
  readonly size: TableSize;
  readonly files: 'data' | 'all';
  readonly goal: string;
}

const million: TableSize = { form: 'long', methods: 20, benchmarks: 50, seeds: 1000 };
const cases: readonly Case[] = [
  { what: 'ranking of 1,000,000 rows', size: million, files: 'data', goal: '3 s, 400 MB' },
  { what: 'report of 1,000,000 rows', size: million, files: 'all', goal: 'page of 3 MB' },
  {
    what: 'ranking of 50 methods on 20,000 benchmarks',
    size: { form: 'wide', methods: 50, benchmarks: 20_000, seeds: 1 },
    files: 'data',
    goal: '10 s',
  },
];
const large: Case = {
  what: 'ranking of 4,000,000 rows',
  size: { ...million, seeds: 4000 },
  files: 'data',
  goal: '',
};

/**
 * Prints time and memory of ranking large tables, each in a process of its own, and returns the
 * exit code.
 */
export async function runScores(args: readonly string[]): Promise<number> {
  const { values } = parseArgs({
    args: [...args],
    options: { large: { type: 'boolean' }, json: { type: 'string' }, help: { type: 'boolean' } },
  });
  if (values.help) {
    console.error(usage);
    return 0;
  }
  const folder = mkdtempSync(join(tmpdir(), 'oneshot-scores-'));
  const side = fileURLToPath(new URL('./side.js', import.meta.url));
  const rows: (Case & { readonly csvMegabytes: number; readonly figures: ScoresFigures })[] = [];
  try {
    for (const each of values.large ? [...cases, large] : cases) {
      const file = join(folder, 'scores.csv');
      writeTable(file, each.size);
      // Printed by `side`, and by nothing else.
      const figures = (await runJson(process.execPath, [side, file, each.files])) as ScoresFigures;
      rows.push({ ...each, csvMegabytes: statSync(file).size / 1e6, figures });
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
  const { cpu, cores, node } = machine();
  console.log(`${cpu}, ${cores} cores, Node ${node}\n`);
  console.log(
    markdownTable(
      ['work', 'CSV', 'time', 'peak memory', 'page', 'goal'],
      rows.map(({ what, csvMegabytes, figures: { seconds, peakMegabytes, pageMegabytes }, goal }) => [
        what,
        `${csvMegabytes.toFixed(1)} MB`,
        `${seconds.toFixed(1)} s`,
        `${Math.round(peakMegabytes)} MB`,
        pageMegabytes === 0 ? '' : `${pageMegabytes.toFixed(2)} MB`,
        goal,
      ]),
    ),
  );
  await writeFigures(values.json, { rows: rows.map(({ what, size, figures }) => ({ what, size, ...figures })) });
  return 0;
}
