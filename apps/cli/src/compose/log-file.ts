import { closeSync, copyFileSync, fstatSync, ftruncateSync, openSync, writeSync } from 'node:fs';
import { join } from 'node:path';

/** The log of services and workers that run inside a command, whose own output is for people. */
export interface LogFile {
  readonly path: string;
  /** File descriptor, for child processes. */
  readonly descriptor: number;
  readonly destination: { write(line: string): void };
  close(): void;
}

/**
 * Opens `log.ndjson` in the folder for appending. Whenever it has grown beyond `largestBytes`
 * (default 16 MiB) it is copied to `log.old.ndjson` and begun anew, so that the two never take much
 * more than twice that. It stays the same file, because child processes write to it as well.
 */
export function openLogFile(folder: string, largestBytes = 16 * 1024 * 1024): LogFile {
  const path = join(folder, 'log.ndjson');
  const descriptor = openSync(path, 'a');
  let open = true;
  const turn = () => {
    if (fstatSync(descriptor).size <= largestBytes) return;
    copyFileSync(path, join(folder, 'log.old.ndjson'));
    ftruncateSync(descriptor);
  };
  return {
    path,
    descriptor,
    destination: {
      write(line) {
        if (!open) return;
        try {
          turn();
          writeSync(descriptor, line);
        } catch {
          // A log that cannot be written, say on a full disk, must not end what it tells of.
        }
      },
    },
    close() {
      open = false;
      closeSync(descriptor);
    },
  };
}
