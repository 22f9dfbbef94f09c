import { read, type Tensor, type ValueAndGradients, valueAndGradients } from '@oneshot/engine';
import type { Selection } from '@oneshot/nas';
import { pathRunner } from '../search/path-runner.js';
import type { SearchModel } from '../search/search-model.js';
import type { TaskBatch } from '../task/task.js';

/** The task's loss on a batch, and its gradients in the supernet's weights; freed by the caller. */
export function pathGradients(model: SearchModel, selection: Selection, batch: TaskBatch): ValueAndGradients<Tensor> {
  const run = pathRunner(model, selection);
  const loss = () => model.task.loss(run(batch.input).logits, batch);
  return valueAndGradients(loss, model.network.variables);
}

/**
 * Sums something over the kernels of a network, that is over its weights without norms and biases:
 * what is said of a kernel's values and of what lies beside them in another bank.
 *
 * @param gradients one per variable of the network
 */
export function sumOverKernels(
  { network }: SearchModel,
  gradients: readonly Tensor[],
  of: (weights: Float32Array, gradient: Float32Array) => number,
): number {
  const banks = new Map(
    network.variables.map((variable, index) => {
      const gradient = gradients[index];
      return [variable.name, { weights: read(variable.value), gradient: gradient && read(gradient) }] as const;
    }),
  );
  let total = 0;
  for (const { bank, offset, shape } of network.table.weights) {
    const found = banks.get(`${bank}.weights`);
    if (shape.length < 2 || found?.gradient === undefined) continue;
    const end = offset + shape.reduce((product, length) => product * length, 1);
    total += of(found.weights.subarray(offset, end), found.gradient.subarray(offset, end));
  }
  return total;
}
