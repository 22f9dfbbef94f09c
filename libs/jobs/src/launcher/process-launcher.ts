import { type ChildProcess, spawn } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { launchedVariable } from '../worker/stop-signal.js';
import type { Launcher, WorkerSource } from './launcher.js';
import type { ProcessLauncherOptions } from './process-launcher-types.js';

const longestBackoffMs = 30_000;
/** A worker this young has not had the time to take a job, so one waiting job is counted as its. */
const startingMs = 3000;
/** A worker that lived this long ends a row of crashes. */
const soundMs = 30_000;

interface Served {
  readonly source: WorkerSource;
  readonly forget: () => void;
  crashes: number;
  notBefore: number;
}

interface Running {
  readonly served: Served;
  readonly child: ChildProcess;
  readonly startedAt: number;
  readonly exited: Promise<void>;
}

/**
 * Workers as child processes of this one. They end when it ends, however it ends: gently by `stop`,
 * and by the closing of their standard input otherwise.
 */
export function createProcessLauncher(options: ProcessLauncherOptions): Launcher {
  const slots = options.slots ?? availableParallelism();
  const { logger } = options;
  const served: Served[] = [];
  const workers = new Set<Running>();
  let stopping = false;
  let looking = false;
  let again = false;
  let turn = 0;

  const look = () => {
    if (stopping) return;
    again = true;
    if (looking) return;
    looking = true;
    void (async () => {
      while (again && !stopping) {
        again = false;
        await startWhereNeeded();
      }
    })().finally(() => {
      looking = false;
    });
  };
  const polling = setInterval(look, options.pollMs ?? 1000);
  const killAll = () => {
    for (const worker of workers) worker.child.kill('SIGKILL');
  };
  process.once('exit', killAll);

  async function startWhereNeeded(): Promise<void> {
    const now = performance.now();
    const wanted = new Map<Served, number>();
    for (const entry of served) {
      if (workers.size >= slots) return;
      if (now < entry.notBefore) continue;
      // A source that cannot tell is asked again at the next look.
      const waiting = await entry.source.waiting().catch(() => 0);
      const starting = [...workers].filter((one) => one.served === entry && now - one.startedAt < startingMs).length;
      if (waiting > starting) wanted.set(entry, waiting - starting);
    }
    // The sources take turns, so that none starves the others of slots.
    while (!stopping && workers.size < slots && wanted.size > 0) {
      turn = (turn + 1) % served.length;
      const entry = served[turn];
      const count = entry && wanted.get(entry);
      if (!entry || !count) continue;
      start(entry);
      if (count === 1) wanted.delete(entry);
      else wanted.set(entry, count - 1);
    }
  }

  function start(entry: Served): void {
    const { source } = entry;
    const child = spawn(process.execPath, [fileURLToPath(source.program), ...source.args], {
      env: { ...process.env, ...source.env, [launchedVariable]: '1' },
      // Output goes to standard error: this process's standard output is for results.
      stdio: ['pipe', options.output ?? 2, options.output ?? 2],
    });
    const startedAt = performance.now();
    logger.debug({ source: source.name, pid: child.pid }, 'worker started');
    const exited = new Promise<void>((resolve) => {
      child.once('error', (error) => {
        logger.error({ err: error, source: source.name }, 'worker cannot be started');
        resolve();
      });
      child.once('exit', (code, signal) => {
        noteExit(entry, startedAt, code, signal, child.pid);
        resolve();
      });
    });
    // Writing to a worker that has just died is no error here.
    child.stdin?.on('error', () => undefined);
    const worker: Running = { served: entry, child, startedAt, exited };
    workers.add(worker);
    void exited.then(() => {
      workers.delete(worker);
      look();
    });
  }

  function noteExit(
    entry: Served,
    startedAt: number,
    code: number | null,
    signal: NodeJS.Signals | null,
    pid: number | undefined,
  ): void {
    if (code === 0 || stopping) {
      entry.crashes = 0;
      return;
    }
    entry.crashes = performance.now() - startedAt > soundMs ? 1 : entry.crashes + 1;
    const pause = Math.min(longestBackoffMs, (options.restartBackoffMs ?? 500) * 2 ** Math.min(entry.crashes - 1, 20));
    entry.notBefore = performance.now() + pause;
    setTimeout(look, pause + 1).unref();
    logger.warn({ source: entry.source.name, pid, code, signal, pauseMs: pause }, 'worker crashed');
  }

  return {
    serve(source) {
      served.push({ source, forget: source.onChange?.(look) ?? (() => undefined), crashes: 0, notBefore: 0 });
      look();
    },
    async stop(graceMs = 25_000) {
      stopping = true;
      clearInterval(polling);
      for (const entry of served) entry.forget();
      const timer = setTimeout(killAll, graceMs);
      for (const { child } of workers) {
        child.stdin?.end();
        child.kill('SIGTERM');
      }
      await Promise.all([...workers].map((worker) => worker.exited));
      clearTimeout(timer);
      process.off('exit', killAll);
    },
  };
}
