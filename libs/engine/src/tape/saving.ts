import type { GradConfig } from '@tensorflow/tfjs-core';
import { again } from '../tensor/again.js';
import type { Tensor } from '../tensor/tensor.js';

/** Which tensors of a call its gradient reads. */
export type Saving = Pick<GradConfig, 'inputsToSave' | 'outputsToSave' | 'saveAllInputs'>;

const savings = new Map<string, Saving>();

/** Makes known what the gradient of a kernel reads. */
export function registerSaving(kernelName: string, saving: Saving): void {
  savings.set(kernelName, saving);
}

/** Inputs first, then outputs; each is held until it is disposed of. */
export function saved(
  kernelName: string,
  inputs: Readonly<Record<string, Tensor>>,
  outputs: readonly Tensor[],
): Tensor[] {
  const saving = savings.get(kernelName);
  if (saving === undefined) return [];
  const { inputsToSave = [], outputsToSave = [], saveAllInputs = false } = saving;
  const names = saveAllInputs ? Object.keys(inputs) : inputsToSave;
  return [...names.map((name) => inputs[name]), ...outputs.filter((_, i) => outputsToSave[i])].map((t) => {
    const held = again(t as Tensor);
    held.kept = true;
    return held;
  });
}
