import type { EvaluationResult } from './evaluation-result.js';

const ways = {
  crop: 'scaled in their proportions and cropped at the centre',
  pad: 'scaled in their proportions, their edges extended',
  stretch: 'stretched',
};
const mostSizes = 3;

/**
 * What was done to the images of a folder so that the model takes them; undefined if nothing was.
 */
export function imageRemark({ imageShape, folder }: EvaluationResult): string | undefined {
  if (imageShape === undefined || folder === undefined) return undefined;
  const { height, width, channels } = imageShape;
  const others = folder.sizes.filter((size) => size.height !== height || size.width !== width);
  const greyed = channels === 1 && !folder.grey;
  if (others.length === 0 && !greyed) return undefined;
  const sizes = folder.sizes.slice(0, mostSizes).map((size) => `${size.height}×${size.width}`);
  const rest = folder.sizes.length - sizes.length;
  const found = `${sizes.join(', ')}${rest > 0 ? ` and ${rest} other sizes` : ''}`;
  const how = others.length > 0 ? `: ${ways[folder.rule.resize]}` : '';
  return `Images of ${found} were brought to ${height}×${width}${greyed ? ' in grey' : ''}, which the model takes${how}.`;
}
