import {
  CoordinatorServiceClient,
  EvaluatorServiceClient,
  RegistryServiceClient,
  SearcherServiceClient,
  TrainerServiceClient,
} from '@oneshot/contracts';
import { connect } from '@oneshot/service-kit';
import { ExitCode } from '../exit-codes.js';
import { Failure } from '../failure.js';

const types = {
  registry: RegistryServiceClient,
  searcher: SearcherServiceClient,
  trainer: TrainerServiceClient,
  evaluator: EvaluatorServiceClient,
  coordinator: CoordinatorServiceClient,
} as const;

export type ServiceName = keyof typeof types;
export const serviceNames = Object.keys(types) as readonly ServiceName[];

export type Addresses = Readonly<Partial<Record<ServiceName, string>>>;

function connectTo<Name extends ServiceName>(name: Name, address: string) {
  const type: (typeof types)[Name] = types[name];
  return connect<(typeof types)[Name]['service']>(type, address, { retry: { attempts: 3 } });
}

/** Clients of the five services, each made when first asked for. */
export class Services {
  readonly #addresses: Addresses;
  readonly #open = new Map<ServiceName, { close(): void }>();

  constructor(addresses: Addresses) {
    this.#addresses = addresses;
  }

  get registry() {
    return this.#client('registry', (address) => connectTo('registry', address));
  }

  get searcher() {
    return this.#client('searcher', (address) => connectTo('searcher', address));
  }

  get trainer() {
    return this.#client('trainer', (address) => connectTo('trainer', address));
  }

  get evaluator() {
    return this.#client('evaluator', (address) => connectTo('evaluator', address));
  }

  get coordinator() {
    return this.#client('coordinator', (address) => connectTo('coordinator', address));
  }

  /** Whether an address of the service is known. */
  has(name: ServiceName): boolean {
    return this.#addresses[name] !== undefined;
  }

  close(): void {
    for (const client of this.#open.values()) client.close();
    this.#open.clear();
  }

  #client<Client extends { close(): void }>(name: ServiceName, make: (address: string) => Client): Client {
    const known = this.#open.get(name) as Client | undefined;
    if (known !== undefined) return known;
    const client = make(this.#addressOf(name));
    this.#open.set(name, client);
    return client;
  }

  #addressOf(name: ServiceName): string {
    const address = this.#addresses[name];
    if (address !== undefined) return address;
    throw new Failure(`This command needs the ${name}, and only other services' addresses were given.`, {
      exitCode: ExitCode.badInput,
      reason: 'NO_ADDRESS',
      advice: `Give its address with --${name} HOST:PORT or ONESHOT_${name.toUpperCase()}.`,
    });
  }
}
