import { execFileSync } from 'node:child_process';
import {
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readdirSync,
  rmSync,
  statSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { Installation, Part } from './installation.js';

/** Something that befalls an installation besides the death of a process. */
export interface Ordeal {
  readonly name: string;
  /** Why it cannot be tried on this machine; undefined: it can. */
  readonly missing: string | undefined;
  /** Tells what was done. @param draw numbers from 0 to below 1 */
  run(installation: Installation, draw: () => number): Promise<string>;
}

/** Longer than a lease of 15 seconds lasts. */
const beyondLeaseMs = 20_000;
const diskBytes = 64 * 1024 * 1024;
/** Services whose state lies on a small disk, where one can be mounted. */
const onSmallDisk = ['registry', 'searcher', 'trainer'] as const;

/** The library that gives programs another clock (Debian: libfaketime). */
const fakeClock = ['x86_64', 'aarch64']
  .map((machine) => `/usr/lib/${machine}-linux-gnu/faketime/libfaketimeMT.so.1`)
  .find((path) => existsSync(path));

/**
 * What the ordeals need of an installation in this folder: small disks, and a clock that can be
 * set.
 */
export class OrdealGround {
  readonly #directory: string;
  readonly #mounted: string[] = [];

  constructor(directory: string) {
    this.#directory = directory;
    writeFileSync(this.clockFile, '+0');
    for (const service of onSmallDisk) this.#mount(join(directory, service));
  }

  get clockFile(): string {
    return join(this.#directory, 'clock');
  }

  /** Environment of every program of the installation. */
  get environment(): Readonly<Record<string, string>> {
    if (fakeClock === undefined) return {};
    return {
      LD_PRELOAD: fakeClock,
      FAKETIME_TIMESTAMP_FILE: this.clockFile,
      FAKETIME_CACHE_DURATION: '1',
      // A host that is set to another time keeps its monotonic clock.
      FAKETIME_DONT_FAKE_MONOTONIC: '1',
    };
  }

  get ordeals(): readonly Ordeal[] {
    return [
      frozenWorker('search-worker'),
      frozenWorker('training-worker'),
      frozenCoordinator,
      wipedNats(join(this.#directory, 'nats')),
      damagedArtifact(join(this.#directory, 'registry', 'artifacts', 'sha256')),
      fullDisk(this.#mounted),
      setClock(this.clockFile),
    ];
  }

  close(): void {
    for (const path of this.#mounted.splice(0)) execFileSync('umount', ['--lazy', path]);
  }

  #mount(path: string): void {
    mkdirSync(path, { recursive: true });
    try {
      execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${diskBytes}`, 'tmpfs', path], { stdio: 'ignore' });
      this.#mounted.push(path);
    } catch {
      // Told by the ordeal that needs it.
    }
  }
}

function frozenWorker(part: Part): Ordeal {
  return {
    name: `${part} frozen beyond its lease`,
    missing: undefined,
    async run(installation) {
      installation.signal(part, 'SIGSTOP');
      installation.startBeside(part);
      await pause(beyondLeaseMs);
      installation.signal(part, 'SIGCONT');
      return `froze the ${part} for ${beyondLeaseMs / 1000} s beside another one`;
    },
  };
}

const frozenCoordinator: Ordeal = {
  name: 'coordinator frozen',
  missing: undefined,
  async run(installation) {
    installation.signal('coordinator', 'SIGSTOP');
    await pause(beyondLeaseMs);
    installation.signal('coordinator', 'SIGCONT');
    return `froze the coordinator for ${beyondLeaseMs / 1000} s`;
  },
};

function wipedNats(store: string): Ordeal {
  return {
    name: 'store of NATS wiped',
    missing: undefined,
    async run(installation) {
      await installation.killPart('nats');
      rmSync(store, { recursive: true, force: true });
      installation.startPart('nats');
      return 'wiped the store of NATS';
    },
  };
}

function damagedArtifact(folder: string): Ordeal {
  return {
    name: 'artifact damaged',
    missing: undefined,
    async run(_, draw) {
      const files = existsSync(folder)
        ? readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())
        : [];
      const file = files[Math.floor(draw() * files.length)];
      if (file === undefined) return 'found no artifact to damage yet';
      const path = join(file.parentPath, file.name);
      writeFileSync(path, Buffer.alloc(statSync(path).size, 7));
      return `damaged artifact ${file.name.slice(0, 12)}`;
    },
  };
}

function fullDisk(disks: readonly string[]): Ordeal {
  return {
    name: 'disk full',
    missing: disks.length === 0 ? 'a small file system can be mounted by root only' : undefined,
    async run(_, draw) {
      const disk = disks[Math.floor(draw() * disks.length)] ?? '';
      const filler = join(disk, 'filler');
      fill(filler);
      await pause(15_000);
      rmSync(filler);
      return `filled the disk of the ${disk.split('/').at(-1)} for 15 s`;
    },
  };
}

function fill(path: string): void {
  const file = openSync(path, 'w');
  try {
    for (let bytes = 1024 * 1024; bytes >= 512; ) {
      try {
        if (writeSync(file, Buffer.alloc(bytes)) < bytes) bytes /= 2;
      } catch {
        bytes /= 2;
      }
    }
  } finally {
    closeSync(file);
  }
}

function setClock(file: string): Ordeal {
  return {
    name: 'clock set',
    missing: fakeClock === undefined ? 'libfaketime is not installed (Debian: libfaketime)' : undefined,
    async run() {
      for (const time of ['+3600', '-3600', '+0']) {
        writeFileSync(file, time);
        await pause(6000);
      }
      return 'set the clock an hour forward, two back, and right again';
    },
  };
}
