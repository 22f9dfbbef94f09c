import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { dirname } from 'node:path';
import { Code, ServiceError } from '@oneshot/service-kit';
import { holdFile } from '@oneshot/storage';

/**
 * Who holds a part of a state folder, as it wrote down beside the lock: for messages, and to find
 * it.
 */
export interface LockHolder {
  readonly host: string;
  /** As the holder sees itself: a container numbers its processes itself. */
  readonly pid: number;
  /** Addresses at which the holder serves, by service. */
  readonly addresses: Readonly<Record<string, string>>;
}

export interface StateLock {
  /** Writes down where the holder serves. */
  describe(addresses: LockHolder['addresses']): void;
  release(): void;
}

/** A state folder that another process works in. */
export class StateFolderInUse extends ServiceError {
  /** Undefined if it has not written itself down yet. */
  readonly holder: LockHolder | undefined;

  constructor(path: string, holder: LockHolder | undefined) {
    const who = holder === undefined ? 'another process' : `process ${holder.pid} on ${holder.host}`;
    super({
      code: Code.UNAVAILABLE,
      reason: 'STATE_FOLDER_IN_USE',
      message: `The state folder ${dirname(path)} is in use by ${who}. Wait until it has ended, or choose another folder with --state.`,
    });
    this.holder = holder;
  }
}

/**
 * Takes the lock of a part of a state folder. The operating system holds it, so that it ends with
 * its holder, however that ends; the file at `path` only says who that is.
 *
 * @throws StateFolderInUse
 */
export function acquireLock(path: string): StateLock {
  const held = holdFile(`${path}.held`);
  if (held === undefined) throw new StateFolderInUse(path, readHolder(path));
  const describe = (addresses: LockHolder['addresses']) => {
    const self: LockHolder = { host: hostname(), pid: process.pid, addresses };
    writeFileSync(`${path}.new`, JSON.stringify(self));
    renameSync(`${path}.new`, path);
  };
  describe({});
  return { describe, release: () => held.release() };
}

/** Undefined for one that cannot be read. */
function readHolder(path: string): LockHolder | undefined {
  try {
    const { host, pid, addresses = {} }: Partial<LockHolder> = JSON.parse(readFileSync(path, 'utf8'));
    return typeof host === 'string' && typeof pid === 'number' ? { host, pid, addresses } : undefined;
  } catch {
    return undefined;
  }
}
