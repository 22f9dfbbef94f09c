import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createConnection, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

/** A free port of this machine, at this moment. */
export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer().on('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() =>
        address && typeof address === 'object' ? resolve(address.port) : reject(new Error('no port')),
      );
    });
  });
}

/** A nats-server with a store of its own that survives its death. */
export class NatsServer {
  readonly address: string;
  readonly #port: number;
  readonly #store = mkdtempSync(join(tmpdir(), 'oneshot-nats-'));
  #child: ChildProcess | undefined;

  constructor(port: number) {
    this.#port = port;
    this.address = `127.0.0.1:${port}`;
  }

  async start(): Promise<void> {
    const args = ['-js', '-sd', this.#store, '-a', '127.0.0.1', '-p', String(this.#port)];
    this.#child = spawn('nats-server', args, { stdio: 'ignore' });
    for (let attempt = 0; attempt < 200; attempt += 1) {
      if (await this.#answers()) return;
      await pause(25);
    }
    throw new Error('nats-server does not answer.');
  }

  /** As by power loss of the process: no farewell. */
  async kill(): Promise<void> {
    const child = this.#child;
    this.#child = undefined;
    if (!child || child.exitCode !== null) return;
    const exited = new Promise((resolve) => child.once('exit', resolve));
    child.kill('SIGKILL');
    await exited;
  }

  async remove(): Promise<void> {
    await this.kill();
    rmSync(this.#store, { recursive: true, force: true });
  }

  #answers(): Promise<boolean> {
    return new Promise((resolve) => {
      const socket = createConnection(this.#port, '127.0.0.1');
      socket.once('data', () => {
        socket.destroy();
        resolve(true);
      });
      socket.once('error', () => resolve(false));
    });
  }
}
