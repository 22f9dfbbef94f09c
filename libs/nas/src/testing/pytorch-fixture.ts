import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { sharedFolder } from '@oneshot/test/needs';
import { z } from 'zod';
import type { NetworkDescription } from '../network.js';

/** Recorded arrays of a PyTorch run: values and layouts are PyTorch's. */
export interface PytorchFixture {
  readonly shape: (name: string) => readonly number[];
  readonly values: (name: string) => Float32Array;
  /**
   * A parameter (`p.` or `d.` before its name) in this project's layout: HWIO, `[k, k, c]` if
   * depthwise, `[in, out]` if dense.
   */
  readonly parameter: (name: string) => Float32Array;
}

const index = z.object({
  arrays: z.array(z.object({ name: z.string(), shape: z.array(z.number()), offset: z.number() })),
});

/** Folder with the recorded runs. */
export const folder = join(sharedFolder, 'peer', 'fixtures');

/**
 * The same networks with the same parameters computed by PyTorch in float64, on images that bring
 * no input of a ReLU so near to its kink that float32 falls on its other side: gradients of float32
 * then differ by 2e-6 at the most. Images, labels, logits, loss and gradients.
 */
export const exactFolder = fileURLToPath(new URL('recorded/float64', import.meta.url));

export function readFixture(name: string, from = folder): PytorchFixture {
  const { arrays } = index.parse(JSON.parse(readFileSync(`${from}/${name}.json`, 'utf8')));
  const bytes = readFileSync(`${from}/${name}.f32`);
  const find = (wanted: string) => {
    const found = arrays.find((array) => array.name === wanted);
    if (found === undefined) throw new RangeError(`${name} holds no ${wanted}`);
    return found;
  };
  const values = (wanted: string) => {
    const { shape, offset } = find(wanted);
    const size = shape.reduce((product, length) => product * length, 1);
    return new Float32Array(bytes.buffer.slice(bytes.byteOffset + 4 * offset, bytes.byteOffset + 4 * (offset + size)));
  };
  const shape = (wanted: string) => find(wanted).shape;
  return { shape, values, parameter: (wanted) => toProjectLayout(values(wanted), shape(wanted)) };
}

function toProjectLayout(values: Float32Array, shape: readonly number[]): Float32Array {
  if (shape.length === 2) return permute(values, shape, [1, 0]);
  if (shape.length !== 4) return values;
  return shape[1] === 1 ? permute(values, shape, [2, 3, 0, 1]) : permute(values, shape, [2, 3, 1, 0]);
}

/** NumPy's transpose of a row-major array. */
export function permute(values: Float32Array, shape: readonly number[], axes: readonly number[]): Float32Array {
  const strides = shape.map((_, axis) => shape.slice(axis + 1).reduce((product, length) => product * length, 1));
  const result = new Float32Array(values.length);
  const lengths = axes.map((axis) => shape[axis] ?? 1);
  for (let flat = 0; flat < values.length; flat++) {
    let rest = flat;
    let source = 0;
    for (let axis = axes.length - 1; axis >= 0; axis--) {
      const length = lengths[axis] ?? 1;
      source += (rest % length) * (strides[axes[axis] ?? 0] ?? 0);
      rest = Math.floor(rest / length);
    }
    result[flat] = values[source] ?? Number.NaN;
  }
  return result;
}

/** The PyTorch module path of a parameter of this project. */
export function pytorchName(network: NetworkDescription, name: string): string {
  const [block = '', ...rest] = name.split('.');
  const path = rest.join('.');
  if (block === 'head')
    return (
      {
        'dense.weights': 'head.weight',
        'dense.bias': 'head.bias',
        'norm.scale': 'last.weight',
        'norm.shift': 'last.bias',
      }[path] ?? ''
    );
  if (block === 'stem') {
    const tail = path.split('.stage0.')[1] ?? '';
    return { convolution: 'stem.0.weight', 'norm.scale': 'stem.1.weight', 'norm.shift': 'stem.1.bias' }[tail] ?? '';
  }
  const position = network.blocks.findIndex((candidate) => candidate.name === block) - 1;
  const found = network.blocks[position + 1];
  const schedule = found?.kind === 'cell' ? found.schedule : undefined;
  const match = /^node(\d+)\.from(\d+)\.([a-z0-9_]+)\.(.+)$/.exec(path);
  if (match === null || schedule === undefined) return '';
  const [, node, from, label = '', tail = ''] = match;
  const [state, source] = [Number(node), Number(from)];
  const inputs = schedule.inputs.length;
  const cell = `cells.${position}`;
  const reduce = { even: 'conv1.weight', odd: 'conv2.weight' }[tail];
  if (block.startsWith('residual')) {
    if (source === 1) return `${cell}.down.1.weight`;
    return `${cell}.${tail.startsWith('stage0') ? 'a' : 'b'}.1.weight`;
  }
  const preprocessed = inputs === 2;
  if (preprocessed && source < inputs) return `${cell}.pre${source}.${reduce ?? '1.weight'}`;
  const first = preprocessed ? 2 * inputs : inputs;
  const before = Array.from({ length: state - first }, (_, earlier) => earlier + inputs).reduce(
    (sum, count) => sum + count,
    0,
  );
  const edge = before + source - (first - inputs);
  const op = label === 'factorized_reduce' ? 'skip_connect' : label.replace(/^conv/, 'nor_conv');
  const layer = label.startsWith('conv')
    ? '1.weight'
    : {
        'stage0.depthwise': '1.weight',
        'stage0.convolution': '2.weight',
        'stage1.depthwise': '5.weight',
        'stage1.convolution': '6.weight',
      }[tail];
  return `${cell}.edges.${edge}.${preprocessed ? 'ops.' : ''}${op}.${reduce ?? layer ?? ''}`;
}
