import { JobServiceClient, type LeaseJobResponse, RegistryServiceClient } from '@oneshot/contracts';
import { randomStream } from '@oneshot/engine';
import { storeArtifact } from '@oneshot/jobs';
import { canonicalDigest, createSpace, formatGenotype, randomGenotype } from '@oneshot/nas';
import { connect } from '@oneshot/service-kit';
import type { Addresses } from './outcome.js';

type Fields = Readonly<Record<string, unknown>>;
type ServiceName = 'searcher' | 'trainer' | 'evaluator';

/**
 * A worker of all kinds that computes nothing: it answers every job at once with a result of the right form and size, drawn from the job's id. For tests of
 * what services do with many runs.
 */
export class ScriptedWorker {
  readonly #addresses: Addresses;
  readonly #stop = new AbortController();
  #working: Promise<unknown> = Promise.resolve();
  /** Digests of histories without epochs. */
  #histories = { search: '', training: '' };

  constructor(addresses: Addresses) {
    this.#addresses = addresses;
  }

  async start(): Promise<void> {
    const registry = connect(RegistryServiceClient, this.#addresses.registry);
    const store = (history: Fields) =>
      storeArtifact(registry, Buffer.from(JSON.stringify(history)), 'application/json');
    this.#histories = {
      search: await store({ kind: 'search', groups: [], epochs: [] }),
      training: await store({ kind: 'training', epochs: [] }),
    };
    registry.close();
    this.#working = Promise.all([this.#work('searcher'), this.#work('trainer'), this.#work('evaluator')]);
  }

  async stop(): Promise<void> {
    this.#stop.abort();
    await this.#working;
  }

  async #work(service: ServiceName): Promise<void> {
    const jobs = connect(JobServiceClient, this.#addresses[service]);
    const { signal } = this.#stop;
    try {
      while (!signal.aborted) {
        const leased = await jobs.leaseJob({ workerId: `scripted-${service}`, waitSeconds: 1 });
        if (leased.lease === undefined) continue;
        await jobs.completeJob({ lease: leased.lease, result: this.#result(service, leased) });
      }
    } finally {
      jobs.close();
    }
  }

  #result(service: ServiceName, { lease, spec }: LeaseJobResponse): Fields {
    const id = lease?.jobId ?? '';
    switch (service) {
      case 'searcher':
        return searchResult(id, spec ?? {}, this.#histories.search);
      case 'trainer':
        return trainingResult(id, this.#histories.training);
      case 'evaluator':
        return evaluationResult(id, spec ?? {});
    }
  }
}

const digestOf = (...words: readonly string[]) => canonicalDigest(words);

function searchResult(id: string, spec: Fields, history: string): Fields {
  const space = createSpace(spec.space);
  const genotype = randomGenotype(space, randomStream(Number.parseInt(id.slice(0, 8), 16) % 2 ** 31, 'scripted'));
  return {
    genotypeId: canonicalDigest(genotype),
    genotype,
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
    modelId: digestOf(id, 'model'),
    genotypeId: digestOf(id, 'genotype'),
    testAccuracy: accuracyOf(id),
    testLoss: 0.5,
    weightsDigest: digestOf(id, 'weights'),
    dataDigest: digestOf('data'),
    onnx: digestOf(id, 'onnx'),
    onnxDifference: 1e-7,
    history,
    checkpoint: null,
    parameters: 30_212,
    seconds: 1.5,
  };
}

function evaluationResult(id: string, spec: Fields): Fields {
  const accuracy = accuracyOf(id);
  const perClass = Array.from({ length: 10 }, (_, label) => ({
    name: `class ${label}`,
    accuracy,
    precision: accuracy,
    images: 100,
  }));
  return {
    modelId: spec.modelId ?? null,
    onnx: digestOf(id, 'onnx'),
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
