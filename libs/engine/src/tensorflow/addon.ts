/** TensorFlow through tfjs-node, or why it is not there and what to do. */
export type TensorflowResult = { readonly entry: string } | { readonly reason: string };

/** Looks for a build of `@tensorflow/tfjs-node`. */
export function findTensorflow(): TensorflowResult {
  return { reason: 'not installed' };
}
