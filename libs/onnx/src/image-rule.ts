import { type ImageRule, resizes } from '@oneshot/data';
import { type ModelFile, openModelFile } from './graph/model.js';

/** Number of channels that images can be read with. */
const channelCounts = [1, 3] as const;

/**
 * How images become what a model takes: height, width and channels by the shape of its input where
 * the file fixes them, and what the file says of how images of other sizes were brought to it in
 * training. Throws OnnxError `not_onnx`, naming `field`.
 */
export function modelImageRule(bytes: Uint8Array, field: string): ImageRule {
  const model = openModelFile(bytes, field);
  const { size, channels } = inputShape(model);
  return {
    ...(size === undefined ? {} : { imageSize: size }),
    ...(channels === undefined ? {} : { channels }),
    ...trainedRule(model.properties.get('oneshot.images')),
  };
}

interface InputShape {
  readonly size: readonly [height: number, width: number] | undefined;
  readonly channels: 1 | 3 | undefined;
}

const openShape: InputShape = { size: undefined, channels: undefined };

/** Channels first or last, whichever dimension can be a number of channels. */
function inputShape({ inputs }: ModelFile): InputShape {
  const [dims] = inputs;
  if (dims === undefined || inputs.length > 1 || dims.length !== 4) return openShape;
  const [, ...image] = dims;
  const first = channelCounts.find((count) => count === image[0]);
  const last = channelCounts.find((count) => count === image[2]);
  const channels = first ?? last;
  if (channels === undefined) return openShape;
  const [height, width] = first === undefined ? image : image.slice(1);
  return { channels, size: height === undefined || width === undefined ? undefined : [height, width] };
}

/** What exported files say; of anything else nothing is known. */
function trainedRule(text: string | undefined): Pick<ImageRule, 'resize' | 'enlarge'> {
  if (text === undefined) return {};
  try {
    const { resize, enlarge } = Object(JSON.parse(text)) as { readonly resize?: unknown; readonly enlarge?: unknown };
    const known = resizes.find((each) => each === resize);
    return known === undefined || typeof enlarge !== 'boolean' ? {} : { resize: known, enlarge };
  } catch {
    return {};
  }
}
