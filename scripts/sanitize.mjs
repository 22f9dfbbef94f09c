/**
 * The native engine's tests under AddressSanitizer, where every buffer is an allocation of its own:
 * what reads or writes beside one is found. Wants a nightly toolchain of Rust. `--miri` also runs
 * one small cell under Miri, which takes minutes.
 */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { root } from './shell.mjs';

const folder = join(root, 'libs', 'engine', 'native');

function cargo(title, args, environment) {
  console.log(title);
  const { status, error } = spawnSync('cargo', ['+nightly', ...args], {
    cwd: folder,
    stdio: 'inherit',
    env: { ...process.env, ...environment },
  });
  if (error !== undefined) throw error;
  if (status !== 0) process.exit(status ?? 1);
}

const host = spawnSync('rustc', ['+nightly', '-vV'], { encoding: 'utf8' }).stdout?.match(/^host: (.*)$/m)?.[1];
if (host === undefined) {
  console.error('Found no nightly toolchain: `rustup toolchain install nightly --component miri,rust-src`.');
  process.exit(1);
}
cargo('AddressSanitizer', ['test', '--release', '--lib', '--target', host, '--target-dir', 'target/sanitize'], {
  RUSTFLAGS: '-Zsanitizer=address --cfg separate_buffers',
});
if (process.argv.includes('--miri')) {
  cargo('Miri', ['miri', 'test', '--lib', '--target-dir', 'target/miri', '--', 'a_small_cell'], {
    MIRIFLAGS: '-Zmiri-disable-isolation -Zmiri-permissive-provenance',
  });
}
