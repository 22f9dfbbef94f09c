import sharp from 'sharp';
import type { ImageShape } from '../dataset.js';
import type { Resize } from './image-rule.js';

/** What an image file says of itself, upright. */
export interface ImageHeader {
  readonly height: number;
  readonly width: number;
  readonly grey: boolean;
}

/**
 * Reads a file's header; height and width are those after turning by its EXIF orientation. Throws
 * for what is no image.
 */
export async function readHeader(path: string): Promise<ImageHeader> {
  const { autoOrient, space } = await sharp(path).metadata();
  const { height, width } = autoOrient;
  return { height, width, grey: space === 'b-w' || space === 'grey16' };
}

/** What images are brought to. */
export interface TargetShape extends ImageShape {
  readonly resize: Resize;
  /** Whether images smaller than the shape are enlarged. */
  readonly enlarge: boolean;
}

/**
 * The pixels of a file, `[height, width, channels]`: upright by EXIF, transparency laid on white,
 * brought to the shape. Throws for what is no whole image.
 */
export function readPixels(path: string, header: ImageHeader, target: TargetShape): Promise<Uint8Array> {
  const { height, width } = sizeWithin(header, target);
  const visible = { height: Math.min(height, target.height), width: Math.min(width, target.width) };
  const top = Math.floor((target.height - visible.height) / 2);
  const left = Math.floor((target.width - visible.width) / 2);
  return sharp(path)
    .autoOrient()
    .flatten({ background: 'white' })
    .resize(width, height, { fit: 'fill' })
    .extract({
      ...visible,
      top: Math.floor((height - visible.height) / 2),
      left: Math.floor((width - visible.width) / 2),
    })
    .extend({
      top,
      bottom: target.height - visible.height - top,
      left,
      right: target.width - visible.width - left,
      extendWith: 'copy',
    })
    .toColourspace(target.channels === 1 ? 'b-w' : 'srgb')
    .raw({ depth: 'uchar' })
    .toBuffer();
}

/** The size an image is scaled to, before it is cropped or extended to the shape. */
function sizeWithin(header: ImageHeader, { height, width, resize, enlarge }: TargetShape) {
  if (resize === 'stretch') return { height, width };
  const ratios = [height / header.height, width / header.width];
  const wanted = resize === 'crop' ? Math.max(...ratios) : Math.min(...ratios);
  const scale = enlarge ? wanted : Math.min(1, wanted);
  const scaled = (length: number) => Math.max(1, Math.round(length * scale));
  return { height: scaled(header.height), width: scaled(header.width) };
}
