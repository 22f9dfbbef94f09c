import { spawnSync } from 'node:child_process';
import type { Finding } from './finding.js';

/** First line that a program prints about its version; `undefined` if it is not there. */
function versionOf(program: string, argument: string): string | undefined {
  const { status, stdout } = spawnSync(program, [argument], { encoding: 'utf8', timeout: 5000 });
  return status === 0 ? stdout.split('\n')[0]?.trim() : undefined;
}

/** The NATS server, which distributed operation needs. */
export function natsFinding(): Finding {
  const version = versionOf('nats-server', '--version');
  if (version !== undefined) return { what: 'nats-server', found: version, state: 'well' };
  return {
    what: 'nats-server',
    found: 'not found',
    state: 'note',
    advice: 'Only services in processes of their own need it (oneshot serve): Debian has it as nats-server.',
  };
}

/** The Rust toolchain, from which the native engine is built. */
export function rustFinding(): Finding {
  const version = versionOf('cargo', '--version');
  if (version !== undefined) return { what: 'rust', found: version, state: 'well' };
  return {
    what: 'rust',
    found: 'not found',
    state: 'note',
    advice: 'The native engine is built with it: https://rustup.rs',
  };
}
