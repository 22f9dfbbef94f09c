import type { GradConfig } from '@tensorflow/tfjs-core';
import type { FusedCellAttributes, FusedCellGradientAttributes } from '../cell/fused.js';
import { FusedKernel } from '../kernels/names.js';
import { runKernelOutputs } from '../kernels/run.js';
import { wantedInputs } from '../tape/wanted.js';
import { at } from './gradient.js';
import { sharedOutputs } from './shared-outputs.js';

/**
 * One backward call gives the gradients of all states, weights and mix that are wanted, and
 * computes no others.
 */
export const fusedCellGradient: GradConfig = {
  kernelName: FusedKernel.cell,
  saveAllInputs: true,
  outputsToSave: [true, false, true],
  gradFunc: (dys, saved, attributes) => {
    const { schedule, precision } = attributes as unknown as FusedCellAttributes;
    const differentiable = schedule.inputs.length + 2;
    const wantedNames = wantedInputs();
    const names = Array.from({ length: differentiable }, (_, i) => String(i));
    const wanted = names.map((name) => wantedNames === null || wantedNames.has(name));
    const dy = Array.isArray(dys) ? at(dys, 0) : dys;
    const [output, handle] = [at(saved, saved.length - 2), at(saved, saved.length - 1)];
    const ofGradient: FusedCellGradientAttributes = { schedule, precision, wanted };
    return sharedOutputs(
      names.filter((_, i) => wanted[i]),
      () =>
        runKernelOutputs(FusedKernel.cellGradient, [...saved.slice(0, differentiable), output, dy, handle], ofGradient),
    );
  },
};
