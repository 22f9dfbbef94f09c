import { readFile } from 'node:fs/promises';
import type { ImageShape } from '@oneshot/data';
import { InferenceSession, Tensor } from 'onnxruntime-node';
import { OnnxError } from './error.js';
import { readProperties } from './graph/model.js';
import { checkPixels, type PixelConvention, pixelConvention, toInput } from './pixels.js';
import { findPorts, type Ports } from './ports.js';
import { checkProvider } from './providers.js';

/**
 * An image classifier loaded into onnxruntime. Call `release` when done: its memory is not the
 * garbage collector's.
 */
export interface Classifier {
  /** Size of the file in bytes. */
  readonly bytes: number;
  readonly classes: number;
  /**
   * Images a run takes, where the file fixes that; `run` fills up what is missing. Undefined: any
   * number.
   */
  readonly fixedBatch: number | undefined;
  /** The file's metadata properties. */
  readonly properties: ReadonlyMap<string, string>;
  /**
   * Scores `[count, classes]`, logits or probabilities, of raw pixels
   * `[count, height, width, channels]`.
   */
  run(pixels: Uint8Array, count: number): Promise<Float32Array>;
  release(): Promise<void>;
}

export interface LoadOptions {
  /** What errors call the model. Default: its path, or `model`. */
  readonly name?: string;
  /** Threads of one run. Default 1. */
  readonly threads?: number;
  /**
   * What the model takes for pixels. Default: what the file says of itself, as exported ones do;
   * needed for any other.
   */
  readonly pixels?: PixelConvention;
  /** onnxruntime's execution provider. Default `cpu`. */
  readonly provider?: string;
}

/**
 * Loads an ONNX file (bytes, or its path) that classifies images of the given shape, refusing
 * anything else with an OnnxError: a broken file, another rank or type, another image shape, a file
 * that does not say which pixel values it takes, a provider that is not there.
 */
export async function loadClassifier(
  model: Uint8Array | string,
  image: ImageShape,
  options: LoadOptions = {},
): Promise<Classifier> {
  const field = nameOf(model, options);
  const provider = checkProvider(options.provider ?? 'cpu');
  const bytes = typeof model === 'string' ? await readModel(model) : model;
  const properties = readProperties(bytes, field);
  const convention = options.pixels ?? pixelConvention(properties, field);
  checkPixels(convention, image.channels);
  const session = await createSession(bytes, field, { threads: options.threads ?? 1, provider });
  try {
    const ports = findPorts(session, image, field);
    const run = (pixels: Uint8Array, count: number) =>
      runBatch(session, ports, { pixels, count, image, convention, field });
    const one = new Uint8Array(image.height * image.width * image.channels);
    const classes = ports.classes ?? (await run(one, 1)).length;
    return {
      bytes: bytes.byteLength,
      classes,
      fixedBatch: ports.fixedBatch,
      properties,
      run,
      release: () => session.release(),
    };
  } catch (error) {
    await session.release();
    throw error;
  }
}

/** What errors call a model. */
export function nameOf(model: Uint8Array | string, { name }: LoadOptions): string {
  return name ?? (typeof model === 'string' ? model : 'model');
}

interface Batch {
  readonly pixels: Uint8Array;
  readonly count: number;
  readonly image: ImageShape;
  readonly convention: PixelConvention;
  readonly field: string;
}

async function runBatch(session: InferenceSession, ports: Ports, batch: Batch): Promise<Float32Array> {
  const { pixels, count, image, convention, field } = batch;
  const { height, width, channels } = image;
  const size = ports.fixedBatch ?? count;
  if (count > size) throw new OnnxError('wrong_input_shape', field, `batches of ${size} images`, `${count} at once`);
  const input = toInput(pixels, image, ports.layout, convention);
  const values = count === size ? input : new Float32Array(size * height * width * channels);
  if (values !== input) values.set(input);
  const dims = ports.layout === 'channels-first' ? [channels, height, width] : [height, width, channels];
  const result = await runSession(session, ports, new Tensor('float32', values, [size, ...dims]), field);
  return result.subarray(0, (result.length / size) * count);
}

async function runSession(session: InferenceSession, ports: Ports, feed: Tensor, field: string): Promise<Float32Array> {
  let result: InferenceSession.ReturnType;
  try {
    result = await session.run({ [ports.input]: feed }, [ports.output]);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new OnnxError(
      'wrong_input_shape',
      field,
      `a model that cannot run on these images (${reason})`,
      'one that can',
    );
  }
  const data = result[ports.output]?.data;
  if (data instanceof Float32Array) return data;
  throw new OnnxError('not_an_image_classifier', field, 'no float32 scores', 'float32');
}

async function readModel(path: string): Promise<Uint8Array> {
  try {
    return await readFile(path);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new OnnxError('not_onnx', path, reason, 'a readable ONNX file');
  }
}

async function createSession(
  bytes: Uint8Array,
  field: string,
  { threads, provider }: { threads: number; provider: string },
): Promise<InferenceSession> {
  const create = (name: string) =>
    InferenceSession.create(bytes, {
      executionProviders: [name],
      intraOpNumThreads: threads,
      interOpNumThreads: 1,
      logSeverityLevel: 3,
    });
  try {
    return await create(provider);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    if (provider === 'cpu') {
      throw new OnnxError('not_onnx', field, `a file that onnxruntime refuses (${reason})`, 'a whole ONNX file');
    }
    // A file that the CPU takes is whole: then it is the provider that cannot be used on this
    // machine.
    await (await createSession(bytes, field, { threads, provider: 'cpu' })).release();
    throw new OnnxError('provider_unavailable', 'provider', `${provider}, which fails here (${reason})`, 'cpu');
  }
}
