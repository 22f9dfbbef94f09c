import { engine } from '@tensorflow/tfjs-core';
import { EngineError } from '../errors.js';
import { saved } from './saving.js';

/** One kernel call as the tape of tfjs holds it. */
export type TapeEntry = ReturnType<typeof engine>['state']['activeTape'][number];

/**
 * The calls of a forward pass. Each holds what its gradient reads by a count of references: were it
 * left to tfjs, every tensor held would be a kernel call, and an entry, of its own.
 */
class Tape extends Array<TapeEntry> {
  static override get [Symbol.species](): ArrayConstructor {
    return Array;
  }

  override push(...entries: TapeEntry[]): number {
    // The gradient of an entry reads this very array.
    for (const { kernelName, inputs, outputs, saved: held } of entries)
      held?.push(...saved(kernelName, inputs, outputs));
    return super.push(...entries);
  }
}

/** Whether kernel calls are being recorded for a backward pass. */
export function isRecording(): boolean {
  const { gradientDepth, kernelDepth } = engine().state;
  return gradientDepth > 0 && kernelDepth === 0;
}

/** Runs `fn` and returns its result with the kernel calls made meanwhile, in order. */
export function record<T>(fn: () => T): { readonly result: T; readonly tape: readonly TapeEntry[] } {
  const { state } = engine();
  if (state.gradientDepth > 0) {
    throw new EngineError(
      'unsupported',
      'Gradients of gradients are not available: differentiate by finite differences.',
    );
  }
  const tape = new Tape();
  state.activeTape = tape;
  state.gradientDepth++;
  try {
    return { result: fn(), tape };
  } catch (error) {
    release(tape);
    throw error;
  } finally {
    state.gradientDepth--;
    state.activeTape = [];
  }
}

/** Frees what recorded calls kept for the backward pass. */
export function release(tape: Iterable<TapeEntry>): void {
  for (const entry of tape) for (const saved of entry.saved ?? []) saved.dispose();
}

/** Runs `fn` without recording: its results are constants to the backward pass. */
export function withoutRecording<T>(fn: () => T): T {
  const { state } = engine();
  state.kernelDepth++;
  try {
    return fn();
  } finally {
    state.kernelDepth--;
  }
}
