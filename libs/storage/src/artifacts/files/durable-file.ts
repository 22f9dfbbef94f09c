import { randomUUID } from 'node:crypto';
import { type FileHandle, mkdir, open, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';

/** Makes the entries of a folder survive power loss. */
async function syncDirectory(directory: string): Promise<void> {
  const handle = await open(directory, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/**
 * A file that grows under a temporary name and appears under its own, whole and on disk, or not at
 * all.
 */
export class DurableFile {
  readonly #path: string;
  readonly #handle: FileHandle;

  private constructor(path: string, handle: FileHandle) {
    this.#path = path;
    this.#handle = handle;
  }

  /**
   * Opens an empty file in a folder of temporary files on the same file system as its later place.
   */
  static async create(temporaryDirectory: string): Promise<DurableFile> {
    const path = join(temporaryDirectory, `${process.pid}-${randomUUID()}`);
    return new DurableFile(path, await open(path, 'wx'));
  }

  async write(bytes: Uint8Array): Promise<void> {
    let written = 0;
    while (written < bytes.length) {
      const result = await this.#handle.write(bytes, written, bytes.length - written);
      written += result.bytesWritten;
    }
  }

  /** Gives the file its name; after this it survives power loss. */
  async publish(target: string): Promise<void> {
    await this.#handle.sync();
    await this.#handle.close();
    const directory = dirname(target);
    const created = await mkdir(directory, { recursive: true });
    await rename(this.#path, target);
    await syncDirectory(directory);
    // Folders made on the way are entries of their parents.
    for (let made = directory; created && made.length >= created.length; made = dirname(made)) {
      await syncDirectory(dirname(made));
    }
  }

  /** Removes what was written so far. */
  async discard(): Promise<void> {
    await this.#handle.close().catch(() => undefined);
    await rm(this.#path, { force: true });
  }
}
