import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { fileURLToPath } from 'node:url';

/** The folder of the repository, from `test/harness` or `test/dist/harness`. */
const here = fileURLToPath(new URL('.', import.meta.url));
export const repository = fileURLToPath(new URL(/[/\\]dist[/\\]/.test(here) ? '../../../' : '../../', import.meta.url));

/** The `oneshot` command. */
export const oneshotProgram = `${repository}apps/cli/bin/oneshot.mjs`;

export interface Finished {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Programs that have not ended; they end with this process, whatever becomes of a test. */
const running = new Set<ChildProcess>();
process.on('exit', () => {
  for (const child of running) child.kill('SIGKILL');
});

/** Starts a program; its output is kept. */
export class Program {
  readonly child: ChildProcess;
  stdout = '';
  stderr = '';

  constructor(command: string, args: readonly string[], environment: Readonly<Record<string, string>> = {}) {
    this.child = spawn(command, [...args], {
      env: { ...process.env, ...environment },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    running.add(this.child);
    this.child.once('close', () => running.delete(this.child));
    this.child.stdout?.on('data', (chunk: Buffer) => {
      this.stdout += chunk.toString();
    });
    this.child.stderr?.on('data', (chunk: Buffer) => {
      this.stderr += chunk.toString();
    });
  }

  get ended(): boolean {
    return this.child.exitCode !== null || this.child.signalCode !== null;
  }

  /** Waits for the end. */
  async finished(): Promise<Finished> {
    if (!this.ended) await once(this.child, 'close');
    return { code: this.child.exitCode, stdout: this.stdout, stderr: this.stderr };
  }

  /** Sends the signal, and waits for the end. */
  async kill(signal: NodeJS.Signals): Promise<Finished> {
    if (!this.ended) this.child.kill(signal);
    return this.finished();
  }
}

/** Starts the `oneshot` command. */
export function oneshot(args: readonly string[], environment: Readonly<Record<string, string>> = {}): Program {
  return new Program(process.execPath, [oneshotProgram, ...args], environment);
}

/** A port that nobody listens at now. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (typeof address !== 'object' || address === null) throw new Error('no port is free');
  return address.port;
}
