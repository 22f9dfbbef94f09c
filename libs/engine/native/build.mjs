// Builds the addon: `cargo build --release`, then copies the library to `oneshot.node` beside this
// file.
import { spawnSync } from 'node:child_process';
import { copyFileSync, existsSync, renameSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const folder = dirname(fileURLToPath(import.meta.url));
const library =
  { darwin: 'liboneshot_native.dylib', win32: 'oneshot_native.dll' }[process.platform] ?? 'liboneshot_native.so';
const built = join(folder, 'target', 'release', library);
const addon = join(folder, 'oneshot.node');

function fail(sentence) {
  console.error(sentence);
  process.exit(1);
}

const cargo = spawnSync('cargo', ['build', '--release', '--locked', '--lib', '--target-dir', join(folder, 'target')], {
  cwd: folder,
  stdio: 'inherit',
});
if (cargo.error?.code === 'ENOENT') {
  fail(
    'The native engine was not built: cargo was not found. Install Rust from https://rustup.rs, or use the reference backend.',
  );
}
if (cargo.error) fail(`The native engine was not built: cargo could not be started (${cargo.error.message}).`);
if (cargo.status !== 0) fail(`The native engine was not built: cargo ended with status ${cargo.status}.`);
if (!existsSync(built)) fail(`The native engine was not built: cargo left no ${built}.`);

const stale = !existsSync(addon) || statSync(addon).mtimeMs < statSync(built).mtimeMs;
if (stale) {
  // A process may have the old file mapped: put the new one beside it and swap the name.
  const fresh = `${addon}.new`;
  copyFileSync(built, fresh);
  renameSync(fresh, addon);
}
