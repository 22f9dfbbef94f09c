import {
  JobServiceClient,
  type LeaseJobResponse,
  Model,
  RegistryServiceClient,
  type RegistryServiceService,
} from '@oneshot/contracts';
import { randomStream } from '@oneshot/engine';
import { storeArtifact } from '@oneshot/jobs';
import { canonicalDigest, createSpace, formatGenotype, genotypeIdentity, randomGenotype } from '@oneshot/nas';
import { connect, type ServiceClient, ServiceError } from '@oneshot/service-kit';
import type { Addresses } from './outcome.js';

type Jobs = ServiceClient<typeof JobServiceClient.service>;
type Fields = Readonly<Record<string, unknown>>;
type ServiceName = 'searcher' | 'trainer' | 'evaluator';

/**
 * A worker of all kinds that computes nothing: it answers every job at once with a result of the
 * right form and size, drawn from the job's id. For tests of what services do with many runs.
 */
export class ScriptedWorker {
  readonly #addresses: Addresses;
  readonly #stop = new AbortController();
  #working: Promise<unknown> = Promise.resolve();
  readonly #registry: ServiceClient<typeof RegistryServiceService>;
  /** Digests of what all results name: histories without epochs, a model. */
  #stored = { searchHistory: '', trainingHistory: '', onnx: '' };

  constructor(addresses: Addresses) {
    this.#addresses = addresses;
    this.#registry = connect(RegistryServiceClient, addresses.registry, { deadlineMs: 120_000 });
  }

  async start(): Promise<void> {
    await this.#storeArtifacts();
    this.#working = Promise.all([this.#work('searcher'), this.#work('trainer'), this.#work('evaluator')]);
  }

  async stop(): Promise<void> {
    this.#stop.abort();
    await this.#working;
    this.#registry.close();
  }

  /** The artifacts that results name. */
  get stored(): Readonly<Record<'searchHistory' | 'trainingHistory' | 'onnx', string>> {
    return this.#stored;
  }

  async #work(service: ServiceName): Promise<void> {
    const jobs = connect(JobServiceClient, this.#addresses[service], { deadlineMs: 120_000 });
    const { signal } = this.#stop;
    try {
      while (!signal.aborted) {
        const leased = await jobs.leaseJob({ workerId: `scripted-${service}`, waitSeconds: 1 });
        if (leased.lease === undefined) continue;
        await this.#answer(jobs, service, leased);
      }
    } finally {
      jobs.close();
    }
  }

  async #answer(jobs: Jobs, service: ServiceName, leased: LeaseJobResponse): Promise<void> {
    try {
      // Another attempt stores again what it made, as real work does.
      if (leased.attempt > 1) await this.#storeArtifacts();
      await jobs.completeJob({ lease: leased.lease, result: await this.#result(service, leased) });
    } catch (error) {
      // On a machine that stood still for longer than a lease lasts, the job is somebody else's.
      if (!(error instanceof ServiceError) || error.reason !== 'LEASE_LOST') throw error;
    }
  }

  async #storeArtifacts(): Promise<void> {
    const store = (content: Fields) =>
      storeArtifact(this.#registry, Buffer.from(JSON.stringify(content)), 'application/json');
    this.#stored = {
      searchHistory: await store({ kind: 'search', groups: [], epochs: [] }),
      trainingHistory: await store({ kind: 'training', epochs: [] }),
      onnx: await store({ kind: 'model' }),
    };
  }

  async #result(service: ServiceName, { lease, spec = {} }: LeaseJobResponse): Promise<Fields> {
    const id = lease?.jobId ?? '';
    const { searchHistory, trainingHistory, onnx } = this.#stored;
    switch (service) {
      case 'searcher': {
        const result = searchResult(id, spec, searchHistory);
        await this.#register(spec.space, result.genotype, id);
        return result;
      }
      case 'trainer': {
        const genotypeId = await this.#register(spec.space, spec.genotype, '');
        const testAccuracy = accuracyOf(id);
        const model = { genotypeId, trainingRunId: id, onnx, dataset: 'tiny', parameters: 30_212, testAccuracy };
        const registered = await this.#registry.registerModel({ model: Model.fromPartial(model) });
        const modelId = registered.model?.id ?? '';
        return { ...trainingResult(id, trainingHistory), modelId, genotypeId, onnx };
      }
      case 'evaluator':
        return evaluationResult(id, spec, onnx);
    }
  }

  async #register(space: Fields, genotype: Fields, runId: string): Promise<string> {
    const form = { $case: 'genotype', value: genotype } as const;
    return (await this.#registry.registerGenotype({ space, form, runId })).genotype?.id ?? '';
  }
}

const digestOf = (...words: readonly string[]) => canonicalDigest(words);

function searchResult(id: string, spec: Fields, history: string): Fields & { readonly genotype: Fields } {
  const space = createSpace(spec.space);
  const genotype = randomGenotype(space, randomStream(Number.parseInt(id.slice(0, 8), 16) % 2 ** 31, 'scripted'));
  return {
    genotypeId: genotypeIdentity(genotype),
    genotype: { ...genotype },
    notation: formatGenotype(genotype),
    validationLoss: null,
    weightsDigest: digestOf(id, 'weights'),
    dataDigest: digestOf('data'),
    splitDigest: digestOf('split'),
    parameters: 1_930_618,
    history,
    checkpoint: null,
    seconds: 0.25,
  };
}

function trainingResult(id: string, history: string): Fields {
  return {
    testAccuracy: accuracyOf(id),
    testLoss: 0.5,
    weightsDigest: digestOf(id, 'weights'),
    dataDigest: digestOf('data'),
    onnxDifference: 1e-7,
    history,
    checkpoint: null,
    parameters: 30_212,
    seconds: 1.5,
  };
}

function evaluationResult(id: string, spec: Fields, onnx: string): Fields {
  const accuracy = accuracyOf(id);
  const perClass = Array.from({ length: 10 }, (_, label) => ({
    name: `class ${label}`,
    accuracy,
    precision: accuracy,
    images: 100,
  }));
  return {
    modelId: spec.modelId ?? null,
    onnx,
    accuracy,
    top5Accuracy: 1,
    perClass,
    outputs: 'logits',
    expectedCalibrationError: 0.02,
    brier: 0.2,
    negativeLogLikelihood: 0.5,
    reliability: Array.from({ length: 15 }, (_, bin) => ({ from: bin / 15, to: (bin + 1) / 15, images: 66 })),
    latencies: [],
    provider: 'cpu',
    peakMemoryBytes: 50_000_000,
    images: 1000,
    latencyMedianMs: 1.25,
    latencyP95Ms: 1.5,
    imagesPerSecond: 800,
    bytes: 120_000,
    dataDigest: digestOf('data'),
  };
}

/** Between 0.5 and 1, the same for the same id. */
function accuracyOf(id: string): number {
  return 0.5 + Number.parseInt(id.slice(0, 8), 16) / 2 ** 33;
}
