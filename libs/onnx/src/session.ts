import { readFile } from 'node:fs/promises';
import type { ImageShape } from '@oneshot/data';
import { InferenceSession, Tensor } from 'onnxruntime-node';
import { OnnxError } from './error.js';
import { readProperties } from './graph/model.js';
import { inputConvention } from './metadata.js';
import { toPlanar } from './pixels.js';

/** An image classifier loaded into onnxruntime. Call `release` when done: its memory is not the garbage collector's. */
export interface Classifier {
  /** Size of the file in bytes. */
  readonly bytes: number;
  readonly classes: number;
  /** The file's metadata properties. */
  readonly properties: ReadonlyMap<string, string>;
  /** Logits `[count, classes]` of raw pixels `[count, height, width, channels]`. */
  run(pixels: Uint8Array, count: number): Promise<Float32Array>;
  release(): Promise<void>;
}

export interface LoadOptions {
  /** Threads of one run. Default 1. */
  readonly threads?: number;
}

/**
 * Loads an ONNX file (bytes, or its path) that classifies images of the given shape, refusing anything else with an OnnxError: a broken
 * file, another rank or type, another image shape, a file that does not say which pixel values it takes.
 */
export async function loadClassifier(
  model: Uint8Array | string,
  image: ImageShape,
  options: LoadOptions = {},
): Promise<Classifier> {
  const field = typeof model === 'string' ? model : 'model';
  const bytes = typeof model === 'string' ? await readModel(model) : model;
  const properties = readProperties(bytes, field);
  const session = await createSession(bytes, field, options.threads ?? 1);
  try {
    const { input, output, classes } = checkPorts(session, image, field);
    const convention = properties.get('oneshot.input');
    if (convention !== inputConvention) {
      const found = convention === undefined ? 'no property oneshot.input' : `oneshot.input "${convention}"`;
      throw new OnnxError('unknown_pixel_range', field, found, `"${inputConvention}"`);
    }
    const { height, width, channels } = image;
    return {
      bytes: bytes.byteLength,
      classes,
      properties,
      run: async (pixels, count) => {
        const feed = new Tensor('float32', toPlanar(pixels, image), [count, channels, height, width]);
        const result = (await session.run({ [input]: feed }, [output]))[output];
        if (!(result?.data instanceof Float32Array))
          throw new OnnxError('not_an_image_classifier', field, 'no float32 logits', 'float32');
        return result.data;
      },
      release: () => session.release(),
    };
  } catch (error) {
    await session.release();
    throw error;
  }
}

async function readModel(path: string): Promise<Uint8Array> {
  try {
    return await readFile(path);
  } catch (cause) {
    throw new OnnxError(
      'not_onnx',
      path,
      cause instanceof Error ? cause.message : String(cause),
      'a readable ONNX file',
    );
  }
}

async function createSession(bytes: Uint8Array, field: string, threads: number): Promise<InferenceSession> {
  try {
    return await InferenceSession.create(bytes, {
      executionProviders: ['cpu'],
      intraOpNumThreads: threads,
      interOpNumThreads: 1,
      logSeverityLevel: 3,
    });
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new OnnxError('not_onnx', field, `a file that onnxruntime refuses (${reason})`, 'a whole ONNX file');
  }
}

function checkPorts(
  session: InferenceSession,
  image: ImageShape,
  field: string,
): { input: string; output: string; classes: number } {
  const [input, ...otherInputs] = session.inputMetadata;
  const [output, ...otherOutputs] = session.outputMetadata;
  if (!isImages(input) || otherInputs.length > 0 || !isLogits(output) || otherOutputs.length > 0) {
    throw new OnnxError(
      'not_an_image_classifier',
      field,
      `inputs ${show(session.inputMetadata)}; outputs ${show(session.outputMetadata)}`,
      'one float32 input [batch, channels, height, width], one float32 output [batch, classes]',
    );
  }
  const wanted = [image.channels, image.height, image.width];
  const found = input.shape.slice(1);
  if (found.some((length, i) => length !== wanted[i])) {
    throw new OnnxError(
      'wrong_input_shape',
      field,
      `images of ${found.join('×')} (channels×height×width)`,
      wanted.join('×'),
    );
  }
  return { input: input.name, output: output.name, classes: Number(output.shape[1]) };
}

type Metadata = InferenceSession.ValueMetadata;
type FloatMetadata = Extract<Metadata, { isTensor: true }>;

function isImages(value: Metadata | undefined): value is FloatMetadata {
  return value?.isTensor === true && value.type === 'float32' && value.shape.length === 4;
}

function isLogits(value: Metadata | undefined): value is FloatMetadata {
  return (
    value?.isTensor === true &&
    value.type === 'float32' &&
    value.shape.length === 2 &&
    typeof value.shape[1] === 'number'
  );
}

function show(values: readonly Metadata[]): string {
  return values
    .map((value) => (value.isTensor ? `${value.name}: ${value.type}[${value.shape.join(', ')}]` : value.name))
    .join('; ');
}
