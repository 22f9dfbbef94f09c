// Writes the campaign files of the DARTS-Bench-Suite, examples/darts-bench, from the suite as data
// (libs/benchmarks/src/suite): npx tsc -b && node scripts/make-darts-bench.mjs
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { suiteCampaignFiles } from '../libs/benchmarks/dist/index.js';

const folder = join(dirname(fileURLToPath(import.meta.url)), '../examples/darts-bench');
for (const { path, text } of suiteCampaignFiles()) {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), text);
}
