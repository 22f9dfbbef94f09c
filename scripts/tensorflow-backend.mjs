// Builds the optional TensorFlow backend into .cache/tensorflow, apart from the normal install:
// tfjs-node 4.22 compiled against the libraries and headers of a current TensorFlow wheel. Needs
// Linux, a C++ compiler, make, Python 3 with pip, about 1.5 GB of disk. Run again at any time: what
// is there is not done twice.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const folder = join(root, '.cache', 'tensorflow');
const addonVersion = '4.22.0';
const nodeApi = '8';
const source = join(folder, 'tfjs-node');
const libraries = join(source, 'deps', 'lib');
const headers = join(source, 'deps', 'include');
const addon = join(source, 'lib', `napi-v${nodeApi}`, 'tfjs_binding.node');

function fail(sentence) {
  console.error(`The TensorFlow backend was not built: ${sentence}`);
  process.exit(1);
}

function run(program, args, cwd = folder) {
  const { error, status } = spawnSync(program, args, { cwd, stdio: ['ignore', 'inherit', 'inherit'] });
  if (error) fail(`${program} could not be started (${error.message}).`);
  if (status !== 0) fail(`${program} ${args[0]} ended with status ${status}.`);
}

if (process.platform !== 'linux') fail(`this script knows Linux only, not ${process.platform}.`);
mkdirSync(folder, { recursive: true });

if (!existsSync(join(source, 'package.json'))) {
  console.log(`Fetching @tensorflow/tfjs-node ${addonVersion} (source only)`);
  run('npm', ['pack', '--silent', '--ignore-scripts', `@tensorflow/tfjs-node@${addonVersion}`]);
  run('tar', ['xzf', `tensorflow-tfjs-node-${addonVersion}.tgz`]);
  renameSync(join(folder, 'package'), source);
  rmSync(join(folder, `tensorflow-tfjs-node-${addonVersion}.tgz`));
}

if (!existsSync(join(libraries, 'libtensorflow.so'))) {
  console.log('Fetching a TensorFlow wheel for its libraries and headers (about 270 MB)');
  const wheels = join(folder, 'wheel');
  run('python3', [
    '-m',
    'pip',
    'download',
    '--quiet',
    '--no-deps',
    '--only-binary',
    ':all:',
    '-d',
    wheels,
    'tensorflow-cpu',
  ]);
  const wheel = readdirSync(wheels).find((name) => name.endsWith('.whl'));
  if (wheel === undefined) fail('pip left no wheel.');
  const unpacked = join(folder, 'unpacked');
  const unpack = [
    'import sys, zipfile',
    'z = zipfile.ZipFile(sys.argv[1])',
    "wanted = ('tensorflow/include/', 'tensorflow/libtensorflow_')",
    'z.extractall(sys.argv[2], [n for n in z.namelist() if n.startswith(wanted)])',
  ].join('\n');
  run('python3', ['-c', unpack, join(wheels, wheel), unpacked]);
  rmSync(join(source, 'deps'), { recursive: true, force: true });
  mkdirSync(libraries, { recursive: true });
  renameSync(join(unpacked, 'tensorflow', 'include'), headers);
  for (const name of ['libtensorflow_cc', 'libtensorflow_framework']) {
    renameSync(join(unpacked, 'tensorflow', `${name}.so.2`), join(libraries, `${name}.so.2`));
  }
  // The addon asks the linker for the names of the C library; the wheel's C++ library holds the
  // same functions.
  symlinkSync('libtensorflow_framework.so.2', join(libraries, 'libtensorflow_framework.so'));
  symlinkSync('libtensorflow_cc.so.2', join(libraries, 'libtensorflow.so'));
  rmSync(unpacked, { recursive: true });
  rmSync(wheels, { recursive: true });
}

if (!existsSync(addon)) {
  console.log('Compiling the addon');
  const variables = {
    module_name: 'tfjs_binding',
    module_path: dirname(addon),
    napi_build_version: nodeApi,
  };
  const args = Object.entries(variables).map(([name, value]) => `--${name}=${value}`);
  run('npx', ['--yes', 'node-gyp@10', 'rebuild', ...args], source);
  if (!existsSync(addon)) fail(`node-gyp left no ${addon}.`);
}

if (!existsSync(join(folder, 'node_modules', 'google-protobuf'))) {
  writeFileSync(join(folder, 'package.json'), `${JSON.stringify({ private: true })}\n`);
  run('npm', ['install', '--silent', '--no-audit', '--no-save', '--ignore-scripts', 'google-protobuf@3']);
}

// tfjs-node asks for the whole of tfjs, but needs only its core, which must be the engine's own
// copy.
const shim = join(folder, 'node_modules', '@tensorflow', 'tfjs');
mkdirSync(shim, { recursive: true });
writeFileSync(join(shim, 'package.json'), `${JSON.stringify({ name: '@tensorflow/tfjs', main: 'index.js' })}\n`);
writeFileSync(join(shim, 'index.js'), "module.exports = require('@tensorflow/tfjs-core');\n");

console.log(`The TensorFlow backend is ready in ${folder}.`);
