import { type Fault, refuse } from '../errors.js';
import type { TaskShape } from '../network.js';
import type { Space } from '../spaces/space.js';

/**
 * Refuses images that the space's reductions cannot halve, and class counts that make no
 * classifier.
 */
export function checkTarget(space: Space, { input: image, outputs: classes }: TaskShape): void {
  const faults: Fault[] = [];
  const { halvings, least, even } = space.kind.images(space.definition);
  for (const side of ['height', 'width'] as const) {
    const size = image[side];
    const path = `image.${side}`;
    if (!Number.isInteger(size) || size < 1) faults.push({ path, message: `found ${size}; allowed integers from 1` });
    else if (halvings > 0 && size < least) {
      const message = `found ${size}; ${space.name} halves the image ${halvings} times and needs at least ${least}`;
      faults.push({ path, message });
    } else if (even && size % 2 ** halvings !== 0) {
      const message = `found ${size}; ${space.name} halves the image ${halvings} times and needs a multiple of ${2 ** halvings}`;
      faults.push({ path, message });
    }
  }
  if (!Number.isInteger(image.channels) || image.channels < 1) {
    faults.push({ path: 'image.channels', message: `found ${image.channels}; allowed integers from 1` });
  }
  if (!Number.isInteger(classes) || classes < 2) {
    faults.push({ path: 'classes', message: `found ${classes}; allowed integers from 2` });
  }
  refuse('invalid_image', faults);
}

/**
 * Channels that bypass a reduction are pooled in windows of 2×2 (Xu et al. 2020, code), so no pixel
 * may be left over.
 */
export function bypassFaults(space: Space, { input: image }: TaskShape): readonly Fault[] {
  const multiple = 2 ** space.kind.images(space.definition).halvings;
  return (['height', 'width'] as const)
    .filter((side) => image[side] % multiple !== 0)
    .map((side) => ({
      path: `image.${side}`,
      message: `found ${image[side]}; partial connections in ${space.name} need a multiple of ${multiple}`,
    }));
}
