import { closeSync, openSync, renameSync, statSync, writeSync } from 'node:fs';
import { join } from 'node:path';

const largestBytes = 16 * 1024 * 1024;

/** The log of services and workers that run inside a command, whose own output is for people. */
export interface LogFile {
  readonly path: string;
  /** File descriptor, for child processes. */
  readonly descriptor: number;
  readonly destination: { write(line: string): void };
  close(): void;
}

/** Opens `log.ndjson` in the folder for appending; one that has grown large becomes `log.old.ndjson`. */
export function openLogFile(folder: string): LogFile {
  const path = join(folder, 'log.ndjson');
  const size = statSync(path, { throwIfNoEntry: false })?.size ?? 0;
  if (size > largestBytes) renameSync(path, join(folder, 'log.old.ndjson'));
  const descriptor = openSync(path, 'a');
  let open = true;
  return {
    path,
    descriptor,
    destination: {
      write(line) {
        if (!open) return;
        try {
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
