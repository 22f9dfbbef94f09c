/**
 * Makes a clone ready: installs packages, generates the contracts, compiles TypeScript, builds the
 * native engine. Each step is skipped when nothing it reads has changed. `--only=build` leaves the
 * packages alone.
 */
import { pathToFileURL } from 'node:url';
import { available, run, unlessCurrent } from './shell.mjs';

const oldestNode = [20, 9];

function refuseOldNode() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  if (major > oldestNode[0] || (major === oldestNode[0] && minor >= oldestNode[1])) return;
  console.error(`Node ${process.versions.node} is too old: oneshot needs ${oldestNode.join('.')} or newer.`);
  process.exit(2);
}

async function step(title, work) {
  const started = Date.now();
  const note = await work();
  const seconds = (Date.now() - started) / 1000;
  if (seconds > 1 || note) console.log(`${title}: ${seconds.toFixed(0)} s${note ? ` — ${note}` : ''}`);
}

async function must(command, args) {
  const code = await run(command, args, { quiet: true });
  if (code !== 0) {
    console.error(`\`${command} ${args.join(' ')}\` failed with exit code ${code}.`);
    process.exit(1);
  }
}

const install = () =>
  step('packages', async () => {
    const lock = ['package-lock.json', '.npmrc'];
    await unlessCurrent('node_modules/.oneshot-installed', lock, () => must('npm', ['ci', '--prefer-offline']));
  });

const generate = () =>
  step('contracts', () =>
    unlessCurrent(
      'libs/contracts/src/gen/.generated',
      ['proto/oneshot', 'buf.yaml', 'buf.gen.yaml', 'scripts/protoc-gen-descriptors.mjs'],
      () => must('buf', ['generate']),
    ),
  );

const parts = () => step('parts', () => must('node', ['scripts/list-parts.mjs']));

const compile = () => step('TypeScript', () => must('tsc', ['-b']));

const native = () =>
  step('native engine', async () => {
    if (!available('cargo'))
      return 'no Rust toolchain (cargo) found: the reference backend takes over, many times slower';
    await must('node', ['libs/engine/native/build.mjs']);
  });

/** Does all steps; the native engine is built beside the others, since it needs none of them. */
export async function setup({ packages = true } = {}) {
  refuseOldNode();
  const engine = native();
  if (packages) await install();
  await generate();
  await parts();
  await compile();
  await engine;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href)
  await setup({ packages: !process.argv.includes('--only=build') });
