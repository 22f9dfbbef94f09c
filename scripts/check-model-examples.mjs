/**
 * Runs every example of examples/use-model on one freshly trained model and compares what they say:
 * `node scripts/check-model-examples.mjs`. On pictures of the model's size all must agree with
 * `oneshot evaluate` and with each other; on larger and smaller ones the most probable class must
 * nearly always be the same, since each language has its own way to scale. Works in
 * .cache/model-examples. What is missing (Python with pip, a C++ compiler with headers of ONNX
 * Runtime, stb and nlohmann-json, Chromium) is left out and named. `--again` takes the model of the
 * last time. `ONNXRUNTIME_INCLUDE` names the folder of onnxruntime_cxx_api.h if it is not
 * /usr/include/onnxruntime.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import { extname, join } from 'node:path';
import { available, chromium, root } from './shell.mjs';

const examples = join(root, 'examples/use-model');
const folder = join(root, '.cache/model-examples');
const work = join(folder, 'work');
const require = createRequire(join(folder, 'package.json'));

/**
 * Largest difference of a probability on pictures that need no scaling: rounding, and two decimals
 * of a percentage.
 */
const allowed = 2e-4;
/** Share of the scaled pictures that must be taken for the same class. */
const sameClass = 0.95;

function run(command, args, options = {}) {
  const { status, stdout, stderr, error } = spawnSync(command, args, { encoding: 'utf8', cwd: work, ...options });
  if (status === 0) return stdout;
  throw new Error(`${command} ${args.join(' ')}\n${stderr ?? ''}${error?.message ?? ''}`);
}

const node = (file, ...args) => run(process.execPath, [file, ...args]);
const oneshot = (...args) => node(join(root, 'apps/cli/bin/oneshot.mjs'), ...args, '--state', 'state', '--json');

function draw() {
  const shapes = (...args) => node(join(examples, 'draw-shapes.mjs'), ...args);
  shapes('shapes/train', '40', '32x32', '1');
  shapes('shapes/test', '15', '32x32', '2');
  shapes('others/large', '10', '200x150', '3');
  shapes('others/tall', '10', '40x90', '4');
  shapes('others/small', '5', '24x20', '5');
}

function train() {
  writeFileSync(join(work, 'settings.yaml'), 'dropPath: 0\naugment: { cutout: 0 }\n');
  const search = ['--epochs', '2', '--batch', '16', '--out', 'model.onnx'];
  const retraining = ['--retrain-epochs', '30', '--retrain-settings', 'settings.yaml'];
  oneshot('search', '--data', './shapes', ...search, ...retraining);
}

function evaluate() {
  const lines = oneshot('evaluate', 'model.onnx', '--data', './shapes').trim().split('\n');
  return JSON.parse(lines.at(-1)).evaluation.result.accuracy;
}

/** Lines such as `shapes/test/star/star-1.png: star 61.21 %, square 6.55 %` by picture. */
function parse(text) {
  return new Map(
    text
      .trim()
      .split('\n')
      .map((line) => {
        const [, picture, classes] = /^(.*): (.*)$/.exec(line);
        const ranked = [...classes.matchAll(/([^,]+?) ([\d.]+) %/g)];
        return [picture, ranked.map(([, name, percent]) => ({ name: name.trim(), probability: percent / 100 }))];
      }),
  );
}

const ways = {
  javascript: (pictures) => node(join(examples, 'javascript/classify.mjs'), 'model.onnx', ...pictures),

  python(pictures) {
    if (!available('python3')) throw new Missing('Python 3 with pip');
    const python = join(folder, 'venv/bin/python');
    if (!existsSync(python)) run('python3', ['-m', 'venv', join(folder, 'venv')]);
    run(python, ['-m', 'pip', 'install', '--quiet', '-r', join(examples, 'python/requirements.txt')]);
    return run(python, [join(examples, 'python/classify.py'), 'model.onnx', ...pictures]);
  },

  cpp(pictures) {
    const include = process.env.ONNXRUNTIME_INCLUDE ?? '/usr/include/onnxruntime';
    const headers = [
      join(include, 'onnxruntime_cxx_api.h'),
      '/usr/include/stb/stb_image.h',
      '/usr/include/nlohmann/json.hpp',
    ];
    if (!available('g++')) throw new Missing('g++');
    const absent = headers.filter((header) => !existsSync(header));
    if (absent.length > 0) throw new Missing(absent.join(', '));
    const library = join(root, `node_modules/onnxruntime-node/bin/napi-v6/linux/${process.arch}`);
    const link = ['-L', library, '-l:libonnxruntime.so.1', `-Wl,-rpath,${library}`];
    run('g++', ['-std=c++20', '-O2', `-I${include}`, join(examples, 'cpp/classify.cpp'), '-o', 'classify', ...link]);
    return run('./classify', ['model.onnx', ...pictures]);
  },

  async web(pictures) {
    const browser = chromium();
    if (browser === undefined) throw new Missing('Chromium');
    const web = join(work, 'web');
    rmSync(web, { recursive: true, force: true });
    rmSync(join(work, 'site'), { recursive: true, force: true });
    run('cp', ['-r', examples, web]);
    run('npm', ['install', '--silent', '--no-audit', '--no-fund'], { cwd: join(web, 'web') });
    node(join(web, 'web/make-site.mjs'), 'model.onnx', 'site');
    if (!existsSync(join(folder, 'node_modules/puppeteer-core'))) {
      writeFileSync(join(folder, 'package.json'), '{ "private": true }\n');
      run('npm', ['install', '--silent', '--no-audit', '--no-fund', '--ignore-scripts', 'puppeteer-core@24'], {
        cwd: folder,
      });
    }
    return inBrowser(browser, pictures);
  },
};

class Missing extends Error {}

/**
 * Serves the site, chooses one picture after the other as a visitor would, and reads what the page
 * then says.
 */
async function inBrowser(executablePath, pictures) {
  const types = { '.html': 'text/html', '.mjs': 'text/javascript', '.wasm': 'application/wasm' };
  const server = createServer(({ url }, response) => {
    const file = join(work, 'site', url === '/' ? 'index.html' : url);
    if (!existsSync(file)) return response.writeHead(404).end();
    return response
      .writeHead(200, { 'content-type': types[extname(file)] ?? 'application/octet-stream' })
      .end(readFileSync(file));
  });
  await new Promise((settle) => server.listen(0, '127.0.0.1', settle));
  const puppeteer = require('puppeteer-core');
  const browser = await puppeteer.launch({ executablePath, args: ['--no-sandbox'] });
  try {
    const page = await browser.newPage();
    await page.setViewport({ width: 640, height: 460, deviceScaleFactor: 2 });
    await page.goto(`http://127.0.0.1:${server.address().port}/`);
    const status = (wanted) =>
      page.waitForFunction((text) => document.querySelector('[role=status]').textContent.startsWith(text), {}, wanted);
    await status('The model knows');
    const input = await page.$('input');
    const lines = [];
    for (const picture of pictures) {
      await input.uploadFile(join(work, picture));
      await status(`${picture.split('/').at(-1)}:`);
      const rows = await page.$$eval('tr', (found) =>
        found.map(({ cells }) => `${cells[0].textContent} ${cells[2].textContent}`),
      );
      lines.push(`${picture}: ${rows.join(', ')}`);
      if (picture === pictures.at(-1)) await page.screenshot({ path: join(folder, 'page.png') });
    }
    return lines.join('\n');
  } finally {
    await browser.close();
    server.close();
  }
}

function compare(name, said, reference, accuracy) {
  const faults = [];
  const own = [...said].filter(([picture]) => picture.startsWith('shapes'));
  const right = own.filter(([picture, [best]]) => picture.includes(`/${best.name}/`)).length / own.length;
  if (Math.abs(right - accuracy) > 1e-6) faults.push(`accuracy ${right}, but oneshot evaluate says ${accuracy}`);
  const difference = (pictures) =>
    Math.max(
      ...pictures.map(([picture, ranked]) => {
        const probabilities = new Map(ranked.map((entry) => [entry.name, entry.probability]));
        return Math.max(
          ...reference
            .get(picture)
            .map((entry) => Math.abs(entry.probability - (probabilities.get(entry.name) ?? entry.probability))),
        );
      }),
    );
  const exact = difference(own);
  if (!(exact <= allowed)) faults.push(`probabilities of pictures of the model's size differ by up to ${exact}`);
  const scaled = [...said].filter(([picture]) => !picture.startsWith('shapes'));
  const same = scaled.filter(([picture, [best]]) => best.name === reference.get(picture)[0].name).length;
  if (same < sameClass * scaled.length)
    faults.push(`only ${same} of ${scaled.length} scaled pictures are taken for the same class`);
  const percent = (share) => `${(100 * share).toFixed(2)} %`;
  console.log(
    `${name.padEnd(10)}  accuracy ${percent(right)}; ${own.length} pictures of the model's size differ by at most ${percent(exact)}; ` +
      `of ${scaled.length} scaled ones ${same} are taken for the same class, probabilities differ by at most ${percent(difference(scaled))}`,
  );
  for (const fault of faults) console.log(`  FAILED: ${fault}`);
  return faults.length;
}

if (!process.argv.includes('--again')) {
  rmSync(work, { recursive: true, force: true });
  mkdirSync(work, { recursive: true });
  draw();
  train();
}
const accuracy = evaluate();
const pictures = ['shapes/test', 'others'].flatMap((part) =>
  readdirSync(join(work, part), { recursive: true })
    .filter((name) => name.endsWith('.png'))
    .sort()
    .map((name) => `${part}/${name}`),
);
const reference = parse(await ways.javascript(pictures));
let faults = 0;
for (const [name, way] of Object.entries(ways)) {
  try {
    faults += compare(name, parse(await way(pictures)), reference, accuracy);
  } catch (error) {
    if (!(error instanceof Missing)) throw error;
    console.log(`${name.padEnd(10)}  left out: it needs ${error.message}`);
  }
}
process.exitCode = faults === 0 ? 0 : 1;
