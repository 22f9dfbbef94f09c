import { createHash } from 'node:crypto';
import type { Arithmetic, Precision } from '@oneshot/engine';
import { canonicalJson } from '@oneshot/nas';
import { z } from 'zod';
import { TrainingError } from '../errors.js';
import { decodeTensors, encodeTensors, tensorBytes } from './safetensors.js';

const FORMAT = 'oneshot-checkpoint';

/** Version written; older ones are read, newer ones refused. */
const VERSION = 1;

/**
 * Everything a run needs to go on as if nothing had happened. All random numbers follow from seed,
 * epoch and step.
 */
export interface Checkpoint {
  readonly kind: 'search' | 'training';
  /** Digest of the run's canonical spec. */
  readonly spec: string;
  /** Digest of the data set. */
  readonly data: string;
  /** Epochs completed. */
  readonly epoch: number;
  /**
   * What they were computed with, in order; empty in checkpoints of versions that did not record
   * it.
   */
  readonly arithmetic: readonly Arithmetic[];
  /** Records of the completed epochs; plain JSON. */
  readonly history: readonly unknown[];
  /** Weights, running statistics, α, optimizer moments and counters. */
  readonly tensors: Readonly<Record<string, Float32Array>>;
}

/** What a checkpoint must belong to. */
export interface CheckpointOwner extends Pick<Checkpoint, 'kind' | 'spec' | 'data'> {
  /** What cells run in. Default `float32`. */
  readonly precision?: Precision;
}

const arithmetics = z.array(
  z.object({
    backend: z.enum(['native', 'reference', 'tensorflow']),
    simd: z.string(),
    engine: z.string(),
    precision: z.literal('bf16').exactOptional(),
  }),
);

const header = z.object({
  format: z.literal(FORMAT),
  version: z.string().regex(/^\d+$/).transform(Number),
  kind: z.enum(['search', 'training']),
  spec: z.string(),
  data: z.string(),
  epoch: z.string().regex(/^\d+$/).transform(Number),
  history: z.string(),
  arithmetic: z.string().default('[]'),
  sha256: z.string(),
});

/** One file: safetensors with the counters as metadata, and a sha256 over metadata and values. */
export function encodeCheckpoint(checkpoint: Checkpoint): Uint8Array {
  const { kind, spec, data, epoch, history, arithmetic, tensors } = checkpoint;
  const metadata = {
    format: FORMAT,
    version: String(VERSION),
    kind,
    spec,
    data,
    epoch: String(epoch),
    history: JSON.stringify(history),
    arithmetic: JSON.stringify(arithmetic),
  };
  return encodeTensors({ metadata: { ...metadata, sha256: seal(metadata, tensors) }, tensors });
}

/**
 * Reads a checkpoint back. Throws TrainingError: `checkpoint_corrupt` (truncated, damaged),
 * `checkpoint_version` (newer), `checkpoint_mismatch` (of another run or other data), each with
 * what was found.
 */
export function decodeCheckpoint(file: Uint8Array, owner: CheckpointOwner): Checkpoint {
  let content: ReturnType<typeof decodeTensors>;
  try {
    content = decodeTensors(file);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw refused('checkpoint_corrupt', error.message, error);
  }
  const { metadata, tensors } = content;
  const version = Number(metadata.version);
  if (metadata.format === FORMAT && version > VERSION) {
    throw refused('checkpoint_version', `found format version ${version}; this program reads up to ${VERSION}`);
  }
  const parsed = header.safeParse(metadata);
  if (!parsed.success) throw refused('checkpoint_corrupt', 'its metadata are not those of a checkpoint');
  const { sha256, ...sealed } = metadata;
  const found = seal(sealed, tensors);
  if (found !== sha256) throw refused('checkpoint_corrupt', `found sha256 ${found}; it claims ${sha256}`);
  const arithmetic = arithmetics.safeParse(JSON.parse(parsed.data.arithmetic));
  if (!arithmetic.success) throw refused('checkpoint_corrupt', 'its arithmetic is not a list of backends');
  const precision = arithmetic.data.at(-1)?.precision ?? 'float32';
  const { precision: wanted = 'float32' } = owner;
  if (precision !== wanted)
    throw refused('checkpoint_mismatch', `found precision ${precision}; this run has ${wanted}`);
  for (const field of ['kind', 'spec', 'data'] as const) {
    if (parsed.data[field] !== owner[field]) {
      const message = `found ${field} ${parsed.data[field]}; this run has ${owner[field]}`;
      throw refused('checkpoint_mismatch', message);
    }
  }
  const { kind, spec, data, epoch } = parsed.data;
  const history: unknown = JSON.parse(parsed.data.history);
  if (!Array.isArray(history)) throw refused('checkpoint_corrupt', 'its history is not a list');
  return { kind, spec, data, epoch, history, arithmetic: arithmetic.data, tensors };
}

function seal(metadata: Readonly<Record<string, string>>, tensors: Readonly<Record<string, Float32Array>>): string {
  const names = Object.keys(tensors).sort();
  const lengths = names.map((name) => [name, tensors[name]?.length ?? 0]);
  const hash = createHash('sha256').update(canonicalJson({ metadata, lengths }));
  for (const name of names) hash.update(tensorBytes(tensors[name] ?? new Float32Array(0)));
  return hash.digest('hex');
}

function refused(
  code: 'checkpoint_corrupt' | 'checkpoint_version' | 'checkpoint_mismatch',
  message: string,
  cause?: unknown,
): TrainingError {
  return new TrainingError(code, [{ path: 'checkpoint', message }], cause);
}
