import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { waitUntilServing } from '@oneshot/service-kit';
import { freePort, oneshot, Program } from './processes.js';

export const serviceNames = ['registry', 'searcher', 'trainer', 'evaluator', 'coordinator'] as const;
export const workerKinds = ['search', 'training', 'evaluation'] as const;

type ServiceName = (typeof serviceNames)[number];
/** A process of an installation. */
export type Part = ServiceName | 'nats' | `${(typeof workerKinds)[number]}-worker`;

/** Every service, NATS and three workers, each a process of its own on this machine. */
export class Installation {
  readonly #directory: string;
  readonly #dataDirectory: string;
  readonly #ports = new Map<string, number>();
  readonly #running = new Map<Part, Program>();
  readonly #beside: Program[] = [];
  readonly #environment: Readonly<Record<string, string>>;

  /** @param environment of every program, besides this process's */
  constructor(directory: string, dataDirectory: string, environment: Readonly<Record<string, string>> = {}) {
    this.#directory = directory;
    this.#dataDirectory = dataDirectory;
    this.#environment = environment;
  }

  /** All parts that can be started and killed. */
  get parts(): readonly Part[] {
    return ['nats', ...serviceNames, ...workerKinds.map((kind) => `${kind}-worker` as const)];
  }

  /** @param parts Default: all */
  async start(parts: readonly Part[] = this.parts): Promise<void> {
    for (const name of ['nats', ...serviceNames]) this.#ports.set(name, await freePort());
    for (const part of parts) this.startPart(part);
    for (const service of serviceNames) await waitUntilServing(this.address(service), 120_000);
  }

  /** `host:port` of a service. */
  address(service: ServiceName): string {
    return `127.0.0.1:${this.#ports.get(service)}`;
  }

  get addresses(): Readonly<Record<ServiceName, string>> {
    const { registry, searcher, trainer, evaluator, coordinator } = Object.fromEntries(
      serviceNames.map((name) => [name, this.address(name)]),
    ) as Record<ServiceName, string>;
    return { registry, searcher, trainer, evaluator, coordinator };
  }

  /** Options of the command that name the services. */
  get options(): readonly string[] {
    return serviceNames.flatMap((name) => [`--${name}`, this.address(name)]);
  }

  startPart(part: Part): void {
    this.#running.set(part, this.#program(part));
  }

  /** Starts one more of a kind that there may be several of. */
  startBeside(part: Part): void {
    this.#beside.push(this.#program(part));
  }

  /** The process of a part that was started. */
  pid(part: Part): number {
    const pid = this.#running.get(part)?.child.pid;
    if (pid === undefined) throw new Error(`${part} does not run.`);
    return pid;
  }

  signal(part: Part, signal: NodeJS.Signals): void {
    this.#running.get(part)?.child.kill(signal);
  }

  /** `kill -9`. */
  async killPart(part: Part): Promise<void> {
    await this.#running.get(part)?.kill('SIGKILL');
  }

  /** Parts that ended by themselves, with what they said last. */
  ended(): readonly { readonly part: Part; readonly said: string }[] {
    return [...this.#running].flatMap(([part, program]) =>
      program.ended ? [{ part, said: (program.stdout + program.stderr).slice(-2000) }] : [],
    );
  }

  async stop(): Promise<void> {
    for (const program of this.#beside) await endGently(program);
    for (const part of [...this.parts].reverse()) await endGently(this.#running.get(part));
    // The kernel may hold a port for a moment longer than its process.
    await pause(50);
  }

  #program(part: Part): Program {
    const environment = { ...this.#environment, ONESHOT_LOG_LEVEL: 'warn', ONESHOT_DATA: this.#dataDirectory };
    if (part === 'nats') {
      const port = String(this.#ports.get('nats'));
      return new Program('nats-server', ['-js', '-sd', join(this.#directory, 'nats'), '-a', '127.0.0.1', '-p', port]);
    }
    const kind = workerKinds.find((each) => part === `${each}-worker`);
    if (kind !== undefined) {
      return oneshot(['serve', 'worker', '--kind', kind, '--threads', '1', ...this.options], environment);
    }
    const service = serviceNames.find((name) => name === part);
    const port = String(this.#ports.get(service ?? ''));
    return oneshot(
      [
        ...['serve', service ?? ''],
        ...['--port', port],
        ...['--state', join(this.#directory, service ?? '')],
        ...['--nats', `127.0.0.1:${this.#ports.get('nats')}`],
        ...this.options,
      ],
      environment,
    );
  }
}

async function endGently(program: Program | undefined): Promise<void> {
  const force = setTimeout(() => program?.child.kill('SIGKILL'), 10_000);
  await program?.kill('SIGTERM');
  clearTimeout(force);
}
