import { runStats } from './stats/run-stats.js';
import { runStep } from './step/run-step.js';

const usage = `usage: npm run bench -- step [options]

  step   one step of search (architecture + weights) or of retraining, beside the PyTorch peer where one is given;
         see npm run bench -- step --help
  stats  rank statistics and tabular benchmarks; see npm run bench -- stats --help`;

const [name, ...args] = process.argv.slice(2);
if (name === 'step') {
  process.exitCode = await runStep(args);
} else if (name === 'stats') {
  process.exitCode = await runStats(args);
} else {
  console.error(name === undefined || name === '--help' ? usage : `unknown measurement "${name}"\n\n${usage}`);
  process.exitCode = name === '--help' ? 0 : 2;
}
