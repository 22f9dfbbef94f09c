import { add } from '@tensorflow/tfjs-core';
import { EngineError } from '../errors.js';
import { again } from '../tensor/again.js';
import { ones, zeros } from '../tensor/create.js';
import { tidy } from '../tensor/memory.js';
import type { Tensor } from '../tensor/tensor.js';
import { release, type TapeEntry } from './recording.js';
import { withWanted } from './wanted.js';

interface Step {
  readonly entry: TapeEntry;
  readonly wanted: ReadonlySet<string>;
}

/**
 * The calls that lie between the sources and the result, each with the inputs through which a
 * gradient must flow.
 */
function path(tape: readonly TapeEntry[], sources: readonly Tensor[], result: Tensor): Step[] {
  const fromSources = new Set(sources.map((t) => t.id));
  const forward: Step[] = [];
  for (const entry of tape) {
    const wanted = new Set(
      Object.entries(entry.inputs)
        .filter(([, input]) => fromSources.has(input.id))
        .map(([name]) => name),
    );
    if (wanted.size === 0) continue;
    for (const output of entry.outputs) fromSources.add(output.id);
    forward.push({ entry, wanted });
  }
  const toResult = new Set([result.id]);
  const steps: Step[] = [];
  for (const step of forward.reverse()) {
    if (!step.entry.outputs.some((output) => toResult.has(output.id))) continue;
    for (const name of step.wanted) toResult.add((step.entry.inputs[name] as Tensor).id);
    steps.push(step);
  }
  return steps;
}

/**
 * Gradients that are summed as they arrive; each is held once and freed as soon as it has been
 * used.
 */
class Accumulator {
  readonly #gradients = new Map<number, Tensor>();

  add(target: Tensor, gradient: Tensor): void {
    if (gradient.dtype !== 'float32' || gradient.shape.join() !== target.shape.join()) {
      throw new EngineError('unsupported', `A gradient [${gradient.shape}] does not fit its tensor [${target.shape}].`);
    }
    const before = this.#gradients.get(target.id);
    if (before === undefined) {
      this.#gradients.set(target.id, gradient);
      return;
    }
    const sum = add(before, gradient);
    before.dispose();
    gradient.dispose();
    this.#gradients.set(target.id, sum);
  }

  take(target: Tensor): Tensor | undefined {
    const gradient = this.#gradients.get(target.id);
    this.#gradients.delete(target.id);
    return gradient;
  }
}

/** Runs the gradient of one call and hands the gradients of its wanted inputs on. */
function step({ entry, wanted }: Step, sums: Accumulator): void {
  const { gradient } = entry;
  if (gradient === undefined) throw new EngineError('unsupported', `No gradient is known for ${entry.kernelName}.`);
  const dys = entry.outputs.map((output) => sums.take(output));
  const found = tidy(() =>
    withWanted(wanted, () => {
      // tfjs puts zeros in the places of outputs that the result does not depend on.
      const functions = gradient(dys as Tensor[]);
      return [...wanted].map((name) => (functions[name] as () => Tensor)());
    }),
  );
  const taken = new Set<Tensor | undefined>([...dys, ...(entry.saved ?? [])]);
  [...wanted].forEach((name, index) => {
    const dx = found[index] as Tensor;
    // A gradient may hand through what it was given; every gradient on its way has an owner of its
    // own.
    sums.add(entry.inputs[name] as Tensor, taken.has(dx) ? again(dx) : dx);
    taken.add(dx);
  });
  for (const dy of dys) dy?.dispose();
  release([entry]);
}

/**
 * Gradients of a scalar result in the sources, zero for a source it does not depend on. Walks the
 * tape backwards and frees as it goes, both what was kept from the forward pass and gradients
 * already used, so that the peak of memory is the end of the forward pass.
 */
export function backward(tape: readonly TapeEntry[], sources: readonly Tensor[], result: Tensor): Tensor[] {
  try {
    const steps = path(tape, sources, result);
    const onPath = new Set(steps.map(({ entry }) => entry));
    release(tape.filter((entry) => !onPath.has(entry)));
    const sums = new Accumulator();
    sums.add(result, ones(result.shape));
    for (const next of steps) step(next, sums);
    return sources.map((source) => sums.take(source) ?? zeros(source.shape));
  } finally {
    release(tape);
  }
}
