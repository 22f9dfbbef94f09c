import { runCost } from './cost/run-cost.js';
import { runCounts } from './counts/run-counts.js';
import { runEstimate } from './estimate/run-estimate.js';
import { runFolders } from './folders/run-folders.js';
import { runPaths } from './paths/run-paths.js';
import { runPrecision } from './precision/run-precision.js';
import { runReport } from './report/run-report.js';
import { runScores } from './scores/run-scores.js';
import { runStats } from './stats/run-stats.js';
import { runStep } from './step/run-step.js';
import { runTrace } from './trace/run-trace.js';

const measurements: Readonly<Record<string, (args: readonly string[]) => Promise<number>>> = {
  step: runStep,
  trace: runTrace,
  cost: runCost,
  counts: runCounts,
  estimate: runEstimate,
  folders: runFolders,
  paths: runPaths,
  precision: runPrecision,
  stats: runStats,
  report: runReport,
  scores: runScores,
};

const usage = `usage: npm run bench -- MEASUREMENT [options]

  step      steps of search and of retraining, beside the PyTorch peer where one is given
  trace     where the time of a step goes, per kernel
  cost      time and memory of a step against batch and channels, as a figure
  counts    parameters and multiply-adds of published architectures, beside what the papers say
  estimate  what runs are expected to take before they start, beside what they take
  paths     steps of MobileNetV3's smallest, middle and largest path, and of its supernet
  precision steps and short searches in float32 and in bf16, side by side
  folders   searches with default settings on ten folders of pictures, beside classifiers on bare pixels
  stats     rank statistics and tabular benchmarks
  report    the report of a campaign of 567 runs, and a ranking with all its files
  scores    rankings of a million scores, and of 20,000 benchmarks: time, memory, size of the page

npm run bench -- MEASUREMENT --help tells the options.`;

const [name = '--help', ...args] = process.argv.slice(2);
const run = Object.entries(measurements).find(([known]) => known === name)?.[1];
if (run !== undefined) {
  process.exitCode = await run(args);
} else {
  console.error(name === '--help' ? usage : `unknown measurement "${name}"\n\n${usage}`);
  process.exitCode = name === '--help' ? 0 : 2;
}
