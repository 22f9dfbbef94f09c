import type { Builder } from '../build/builder.js';
import type { Value } from '../build/value.js';
import type { OperationOptions } from '../operations/operation.js';
import type { ChoiceDeclaration } from './choice.js';
import type { CellTopology, ImageRule, NetworkSize } from './search-space.js';

/** One choice per edge of a cell: the operation that leads from one state to a later one. */
export function edgeChoices(
  group: string,
  { inputs, nodes }: Pick<CellTopology, 'inputs' | 'nodes'>,
  options: (node: number, from: number) => readonly string[],
): readonly ChoiceDeclaration[] {
  return Array.from({ length: nodes }, (_, index) => index + inputs).flatMap((node) =>
    Array.from({ length: node }, (_, from) => ({
      id: edgeId(group, node, from),
      group,
      options: options(node, from),
      site: { node, from },
    })),
  );
}

export function edgeId(group: string, node: number, from: number): string {
  return `${group}.${node}.${from}`;
}

/** What leads along an edge when an option is chosen. */
export type EdgeOperation = (
  option: string,
  from: Value,
  at: { readonly stride: 1 | 2; readonly edge: number },
) => Value;

/**
 * Nodes of a cell: each the sum of one chosen operation from every earlier state. Edges that leave
 * an input of a reduction cell stride.
 *
 * @returns all states, inputs first
 */
export function cellNodes(
  builder: Builder,
  group: string,
  states: readonly Value[],
  { nodes, reduction }: { readonly nodes: number; readonly reduction: boolean },
  operation: EdgeOperation = (option, from, { stride }) => strided(builder, option, from, stride),
): readonly Value[] {
  const known = [...states];
  let edge = 0;
  for (let index = 0; index < nodes; index++) {
    const node = known.length;
    const entering = known.map((state, from) => {
      const at = { stride: reduction && from < states.length ? 2 : 1, edge: edge++ } as const;
      return builder.choose(edgeId(group, node, from), (option) => operation(option, state, at));
    });
    known.push(builder.add(entering));
  }
  return known;
}

/** An operation of an edge at a stride. */
export function strided(builder: Builder, operation: string, from: Value, stride: 1 | 2): Value {
  const options: OperationOptions = stride === 1 ? {} : { stride };
  return builder.apply(operation, from, options);
}

/**
 * An input of a cell brought to the cell's channels by ReLU, 1×1 convolution and norm, and to the
 * size of the newest input where it is still twice as large, by a factorized reduction (Liu et al.
 * 2019, code).
 */
export function preprocessed(builder: Builder, input: Value, newest: Value, channels: number): Value {
  const larger = input.shape[0] !== newest.shape[0] || input.shape[1] !== newest.shape[1];
  const body = larger
    ? builder.apply('factorized_reduce', input, { channels })
    : builder.apply('stage_convolution', input, { size: 1, channels });
  return builder.add([body]);
}

/** 3×3 convolution and affine norm: the stem of the field's image classifiers. */
export function stem(builder: Builder, channels: number): Value {
  return builder.cell('stem', [builder.input], ([image]) => [
    builder.apply('stage_convolution', image ?? builder.input, { size: 3, channels, relu: false, norm: 'affine' }),
  ]);
}

/** The definition of a stack of cells at another size. */
export function resizedCells<D extends { readonly cells: number; readonly channels: number }>(
  definition: D,
  { cells = definition.cells, channels = definition.channels }: NetworkSize,
): D {
  return { ...definition, channels, cells };
}

/** Images that reduction cells can halve so often, sides rounded up. */
export function halvedImages(halvings: number): ImageRule {
  return { halvings, least: 2 ** (halvings - 1) + 1, even: false };
}

/**
 * Which cells of a stack halve height and width and double the channels: those at one and two
 * thirds of the depth; a single cell does not.
 */
export function reductionsAt(cells: number): readonly number[] {
  return cells > 1 ? [Math.floor(cells / 3), Math.floor((2 * cells) / 3)] : [];
}
