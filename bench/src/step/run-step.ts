import { spawn } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { cpus } from 'node:os';
import { fileURLToPath } from 'node:url';
import { parseStepOptions, type StepOptions, stepUsage } from './options.js';
import { bestOf, parseSide, type SideFigures } from './side.js';
import { comparisonTable } from './table.js';

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
  const runs = await measure(options);
  const best = runs.map(bestOf).filter((figures) => figures !== undefined);
  const { space, method, batch, threads } = options;
  console.log(
    `${space}, ${method}: one ${method === 'retrain' ? 'weight step' : 'search step'}, batch ${batch}, ${threads} threads`,
  );
  console.log(comparisonTable(best));
  if (options.json !== undefined) {
    const machine = { cpu: cpus()[0]?.model, cores: cpus().length, node: process.version };
    await writeFile(options.json, `${JSON.stringify({ options, machine, runs, best }, null, 2)}\n`);
  }
  return 0;
}

/** Figures per side and round: ours first, then the peer's two layouts. Never two at once. */
async function measure(options: StepOptions): Promise<SideFigures[][]> {
  const { peer } = options;
  const sides: (() => Promise<SideFigures>)[] = [() => ownSide(options)];
  for (const layout of peer ? (['nchw', 'nhwc'] as const) : []) {
    sides.push(() => peerSide(options, peer?.python ?? '', peer?.script ?? '', layout));
  }
  const runs: SideFigures[][] = sides.map(() => []);
  for (let round = 0; round < options.rounds; round++) {
    for (const [i, side] of sides.entries()) runs[i]?.push(await side());
  }
  return runs;
}

function ownSide(options: StepOptions): Promise<SideFigures> {
  const script = fileURLToPath(new URL('./own-side.js', import.meta.url));
  return runSide(process.execPath, [script, ...common(options), '--backend', options.backend]);
}

function peerSide(options: StepOptions, python: string, script: string, layout: 'nchw' | 'nhwc'): Promise<SideFigures> {
  return runSide(python, [script, 'bench', ...common(options), '--layout', layout]);
}

function common({ space, method, batch, steps, threads }: StepOptions): string[] {
  const named = { space, method, batch, steps, threads };
  return Object.entries(named).flatMap(([name, value]) => [`--${name}`, String(value)]);
}

async function runSide(command: string, args: readonly string[]): Promise<SideFigures> {
  const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  let output = '';
  child.stdout.on('data', (chunk: Buffer) => {
    output += chunk;
  });
  const code = await new Promise<number | null>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', resolve);
  });
  const figures = code === 0 ? parseSide(output) : undefined;
  if (figures === undefined) throw new Error(`${command} ended with code ${code} and printed no figures:\n${output}`);
  return figures;
}
