import { resizes } from '@oneshot/data';
import { z } from 'zod';

const side = z.int().min(8).max(1024);

/** Which data a run uses; where they lie on this machine is no part of a run's identity. */
export const dataSpec = z.strictObject({
  /** Name of the data set. */
  name: z.string().min(1),
  /**
   * Digest (sha256, hex) of what the data set holds; a run on anything else is refused. Written by
   * the service that accepts a run. Default: that of the data set found.
   */
  digest: z
    .string()
    .regex(/^[0-9a-f]{64}$/, 'allowed: 64 lower-case hexadecimal digits')
    .optional(),
  /** Only the first images of the training part, in file order. Default: all. */
  trainImages: z.int().min(2).optional(),
  /**
   * Only one half of those images. The halves are drawn at random once and for all, so that what is
   * searched on one and retrained on the other shares no image. Default: both.
   */
  half: z.enum(['first', 'second']).optional(),
  /**
   * Of a folder of images: pixels that each is brought to, a side of squares or `[height, width]`.
   * Default: by the images (docs/data.md).
   */
  imageSize: z.union([side, z.tuple([side, side]).readonly(), z.literal('native')]).optional(),
  /**
   * Of a folder of images: how one of another size is brought to the common one. `crop` keeps the
   * proportions and cuts off what stands over, `pad` keeps the whole image and extends its edge,
   * `stretch` changes the proportions. Default `crop`.
   */
  resize: z.enum(resizes).optional(),
  /** Of a folder of images: whether smaller ones are enlarged. Default: where a size is given. */
  enlarge: z.boolean().optional(),
  /**
   * Of a folder of images: whether files that are no whole image are left out instead of refused.
   * Default false.
   */
  skipUnreadable: z.boolean().optional(),
});

export type DataSpec = z.infer<typeof dataSpec>;

/** Seeds all random numbers of a run. */
export const seedSpec = z.int().min(0);
