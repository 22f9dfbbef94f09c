import { randomUUID } from 'node:crypto';
import { linkSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { Code, ServiceError } from '@oneshot/service-kit';

/** Who holds a part of a state folder, as written in the lock. */
export interface LockHolder {
  readonly pid: number;
  /** Tells the process apart from a later one of the same number. */
  readonly started: string;
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
  readonly holder: LockHolder;

  constructor(path: string, holder: LockHolder) {
    super({
      code: Code.UNAVAILABLE,
      reason: 'STATE_FOLDER_IN_USE',
      message: `The state folder ${dirname(path)} is in use by process ${holder.pid}. Wait until it has ended, or choose another folder with --state.`,
    });
    this.holder = holder;
  }
}

/**
 * Takes a lock: a file that names its holder. One whose holder is gone is taken over.
 *
 * @throws StateFolderInUse
 */
export function acquireLock(path: string): StateLock {
  mkdirSync(dirname(path), { recursive: true });
  const self: LockHolder = { pid: process.pid, started: startOf(process.pid) ?? '', addresses: {} };
  const own = `${path}.${process.pid}-${randomUUID().slice(0, 8)}`;
  writeFileSync(own, JSON.stringify(self));
  try {
    while (!linked(own, path)) {
      const holder = readHolder(path);
      if (holder !== undefined && isAlive(holder)) throw new StateFolderInUse(path, holder);
      removeStale(path, `${own}.stale`);
    }
  } finally {
    rmSync(own, { force: true });
  }
  return {
    describe(addresses) {
      writeFileSync(own, JSON.stringify({ ...self, addresses }));
      renameSync(own, path);
    },
    release() {
      const holder = readHolder(path);
      if (holder?.pid === self.pid && holder.started === self.started) rmSync(path, { force: true });
    },
  };
}

/** Puts the file in place as a whole, unless one is there. */
function linked(from: string, to: string): boolean {
  try {
    linkSync(from, to);
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false;
    throw error;
  }
}

/** Removes the lock of a holder that is gone. Whoever took the lock over in the same moment gets it back. */
function removeStale(path: string, aside: string): void {
  try {
    renameSync(path, aside);
  } catch {
    return;
  }
  const taken = readHolder(aside);
  if (taken !== undefined && isAlive(taken)) linked(aside, path);
  rmSync(aside, { force: true });
}

/** Undefined for a lock that is gone or cannot be read. */
function readHolder(path: string): LockHolder | undefined {
  try {
    const holder: Partial<LockHolder> = JSON.parse(readFileSync(path, 'utf8'));
    const { pid, started, addresses = {} } = holder;
    return typeof pid === 'number' && typeof started === 'string' ? { pid, started, addresses } : undefined;
  } catch {
    return undefined;
  }
}

function isAlive({ pid, started }: LockHolder): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    // Another user's process cannot be signalled, but is there.
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
  const now = startOf(pid);
  return now === undefined || started === '' || now === started;
}

/** When a process started, in the kernel's ticks; undefined where the system does not tell. */
function startOf(pid: number): string | undefined {
  try {
    const status = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return status.slice(status.lastIndexOf(')') + 2).split(' ')[19];
  } catch {
    return undefined;
  }
}
