import type { ImageShape } from '@oneshot/data';
import type { InferenceSession } from 'onnxruntime-node';
import { OnnxError } from './error.js';
import type { PixelLayout } from './pixels.js';

/** How images go into a model and scores come out. */
export interface Ports {
  readonly input: string;
  readonly output: string;
  readonly layout: PixelLayout;
  /** Number of classes; undefined where the file leaves it open, and the first run tells. */
  readonly classes: number | undefined;
  /** Images a run takes, where the file fixes that; undefined: any number. */
  readonly fixedBatch: number | undefined;
}

type Metadata = InferenceSession.ValueMetadata;
type FloatMetadata = Extract<Metadata, { isTensor: true }>;

/**
 * Finds input and output of an image classifier. Throws OnnxError for a model that is none, or that
 * takes other images.
 */
export function findPorts(session: InferenceSession, image: ImageShape, field: string): Ports {
  const [input, ...otherInputs] = session.inputMetadata;
  const [output, ...otherOutputs] = session.outputMetadata;
  if (!isImages(input) || otherInputs.length > 0 || !isScores(output) || otherOutputs.length > 0) {
    throw new OnnxError(
      'not_an_image_classifier',
      field,
      `inputs ${show(session.inputMetadata)}; outputs ${show(session.outputMetadata)}`,
      'one float32 input [batch, channels, height, width] or [batch, height, width, channels], one float32 output [batch, classes]',
    );
  }
  const found = input.shape.slice(1);
  const { channels, height, width } = image;
  const layout: PixelLayout | undefined = fits(found, [channels, height, width])
    ? 'channels-first'
    : fits(found, [height, width, channels])
      ? 'channels-last'
      : undefined;
  if (layout === undefined) {
    throw new OnnxError(
      'wrong_input_shape',
      field,
      `images of ${found.join('×')}`,
      `${channels}×${height}×${width} (channels×height×width) or ${height}×${width}×${channels}, as the data has`,
    );
  }
  const [batch] = input.shape;
  const classes = output.shape[1];
  return {
    input: input.name,
    output: output.name,
    layout,
    classes: typeof classes === 'number' ? classes : undefined,
    fixedBatch: typeof batch === 'number' && batch > 0 ? batch : undefined,
  };
}

/** A named dimension takes any length. */
function fits(found: readonly (number | string)[], wanted: readonly number[]): boolean {
  return found.every((length, i) => typeof length === 'string' || length === wanted[i]);
}

function isImages(value: Metadata | undefined): value is FloatMetadata {
  return value?.isTensor === true && value.type === 'float32' && value.shape.length === 4;
}

function isScores(value: Metadata | undefined): value is FloatMetadata {
  return value?.isTensor === true && value.type === 'float32' && value.shape.length === 2;
}

function show(values: readonly Metadata[]): string {
  return values
    .map((value) => (value.isTensor ? `${value.name}: ${value.type}[${value.shape.join(', ')}]` : value.name))
    .join('; ');
}
