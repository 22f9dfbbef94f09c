import type { StateShape } from '@oneshot/engine';
import type { Block, BlockParameter, Head, NetworkDescription, Slot } from '../network.js';
import type { NetworkStyle, OperationOptions, ParameterSpec } from '../operations/operation.js';
import { operationOf } from '../operations/table.js';
import type { Choice, ChoiceGroup } from '../spaces/choice.js';
import type { Builder, Dimensions } from './builder.js';
import { CellRecorder, Edges, type RecordedBranch, type RecordedEdge, State } from './cell-recorder.js';
import { emitCell } from './emit-cell.js';
import { requiredBlocks } from './required-blocks.js';
import type { BuildMode } from './selection.js';
import { mapShape, shapeOf, type Value, type ValueShape } from './value.js';

/** What a network is built for. */
export interface NetworkTarget {
  readonly image: StateShape;
  readonly classes: number;
}

/** The result of a block. `full` is its shape in the widest network that shares weights with this one. */
class Output implements Value {
  constructor(
    readonly block: number,
    readonly shape: ValueShape,
    readonly full: ValueShape,
  ) {}
}

/** Interprets one description of a space under a selection. */
export class NetworkBuilder implements Builder {
  readonly input: Value;
  readonly outputs: number;
  readonly searching: boolean;
  readonly #target: NetworkTarget;
  readonly #mode: BuildMode;
  readonly #style: NetworkStyle;
  readonly #choices: ReadonlyMap<string, Choice>;
  readonly #columns: ReadonlyMap<string, number>;
  readonly #blocks: Block[] = [];
  readonly #named = new Map<string, Output>();
  #prefix: readonly string[] = [];
  #cell: { readonly recorder: CellRecorder; readonly name: string; droppable: number } | null = null;
  /** How many choices' bodies are being described around this point. */
  #depth = 0;
  #head: Head | null = null;

  constructor(groups: readonly ChoiceGroup[], target: NetworkTarget, mode: BuildMode, style: NetworkStyle) {
    this.#target = target;
    this.#mode = mode;
    this.#style = style;
    const own = mode.kind === 'supernet' && mode.edgeNormalisation ? 1 : 0;
    this.#choices = new Map(groups.flatMap(({ choices }) => choices.map((choice) => [choice.id, choice] as const)));
    this.#columns = new Map(groups.map(({ name, options }) => [name, options.length + own]));
    const shape = shapeOf(target.image);
    this.input = new Output(-1, shape, shape);
    this.outputs = target.classes;
    this.searching = mode.kind === 'supernet';
  }

  /** The finished network, without what its result does not need. */
  finish(result: Value): NetworkDescription {
    const { image, classes } = this.#target;
    const head = this.#head ?? { kind: 'result', from: this.#output(result).block };
    const { blocks, renumbered } = requiredBlocks(this.#blocks, head.from);
    return { image, classes, blocks, head: { ...head, from: renumbered } };
  }

  learns(operation: string): boolean {
    const found = operationOf(operation);
    return found.kind === 'fused' && found.staged;
  }

  named<T>(name: string, body: () => T): T {
    const before = this.#prefix;
    this.#prefix = [...before, name];
    try {
      return body();
    } finally {
      this.#prefix = before;
    }
  }

  apply(
    operation: string,
    from: Value | readonly Value[],
    options: OperationOptions = {},
    name: string = operation,
  ): Value {
    const values = isValue(from) ? [from] : from;
    const [only, ...more] = values;
    if (this.#cell !== null && only !== undefined && more.length === 0) {
      return this.#cell.recorder.apply(operation, only, options);
    }
    return this.#operation(operation, values, options, options, name);
  }

  elastic(
    operation: string,
    from: Value,
    options: OperationOptions,
    dimensions: Dimensions,
    name: string = operation,
  ): Value {
    const axes = Object.entries(dimensions).map(([option, id]) => ({ option, choice: this.#choice(id) }));
    const largest = Object.fromEntries(
      axes.map(({ option, choice }) => [option, Math.max(...choice.options.map(Number))] as const),
    );
    const shared = this.#mode.kind === 'supernet' && this.#mode.sharing === 'shared';
    // Variants that are mixed each have weights of their own, hence names of their own.
    const mixes = this.#mode.kind === 'supernet' && !shared;
    const variants = combinations(axes.map(({ choice }) => this.#selected(choice)));
    const made = variants.map((variant) => {
      const chosen = Object.fromEntries(axes.map(({ option }, axis) => [option, Number(variant[axis])] as const));
      const called = mixes ? `${name}.${variant.join('_')}` : name;
      const own = { ...options, ...chosen };
      return this.#operation(operation, [from], own, shared ? { ...options, ...largest } : own, called, shared);
    });
    const slots = variants.map((variant) =>
      axes.map(({ choice }, axis) => this.#slot(choice, choice.options.indexOf(variant[axis] ?? ''))),
    );
    return this.#mix(made, slots, [], name);
  }

  choose(id: string, body: (option: string) => Value): Value {
    const choice = this.#choice(id);
    this.#depth += 1;
    try {
      return this.#cell === null ? this.#chooseBlock(choice, body) : this.#chooseEdge(choice, body);
    } finally {
      this.#depth -= 1;
    }
  }

  add(values: readonly Value[]): Value {
    const [first] = values;
    if (first === undefined) throw new RangeError('a sum of nothing has no shape');
    if (this.#cell === null)
      return this.#mix(
        values.map((value) => this.#output(value)),
        values.map(() => []),
        [],
        'sum',
      );
    const { recorder } = this.#cell;
    const sum = recorder.sum(
      values.flatMap((value) => recorder.edges(value)),
      first.shape,
    );
    // Inside a choice a sum is still part of an option; elsewhere it is a state.
    return this.#depth > 0 ? sum : recorder.state(sum);
  }

  concat(values: readonly Value[]): Value {
    return this.apply('concat', values);
  }

  cell(name: string, inputs: readonly Value[], body: (inputs: readonly Value[]) => readonly Value[]): Value {
    if (this.#cell !== null) throw new RangeError(`the cell ${name} lies in the cell ${this.#cell.name}`);
    const sources = inputs.map((input) => this.#output(input));
    const recorder = new CellRecorder(sources.map(({ shape }) => mapShape(shape)));
    const place = this.#place(name);
    this.#cell = { recorder, name: place, droppable: 0 };
    const depth = this.#depth;
    this.#depth = 0;
    try {
      const recorded = recorder.finish(body(recorder.inputs));
      const from = sources.map(({ block }) => block);
      const emitted = emitCell(recorded, {
        name: place,
        from,
        style: this.#style,
        columns: this.#lengths(),
        own: this.#cell.droppable,
        first: this.#blocks.length,
      });
      this.#blocks.push(...emitted.blocks);
      return new Output(this.#blocks.length - 1, emitted.shape, emitted.shape);
    } finally {
      this.#cell = null;
      this.#depth = depth;
    }
  }

  classify(features: Value, { norm, relu }: { readonly norm: boolean; readonly relu: boolean }): Value {
    const from = this.#output(features);
    this.#head = { kind: 'classifier', from: from.block, norm, relu };
    return from;
  }

  /** An operation on values outside of cells: composed ones are blocks, a fusible one is a cell of its own. */
  #operation(
    name: string,
    from: readonly Value[],
    options: OperationOptions,
    widest: OperationOptions,
    label: string,
    cut = false,
  ): Output {
    const operation = operationOf(name);
    const sources = from.map((value) => this.#output(value));
    const place = this.#place(label);
    const key = `${place} ${sources.map(({ block }) => block).join()} ${JSON.stringify(options)}`;
    const known = this.#named.get(key);
    if (known !== undefined) return known;
    const inputs = sources.map(({ shape }) => shape);
    const fullInputs = sources.map(({ full }) => full);
    const shape = operation.shape(inputs, options);
    const full = operation.shape(fullInputs, widest);
    if (operation.kind === 'fused') {
      if (cut) throw new RangeError(`${name} has no parts: its weights cannot be shared between sizes`);
      const [only] = from;
      if (only === undefined) throw new RangeError(`${name} reads nothing`);
      const made = this.cell(label, [only], ([input]) => [this.apply(name, input ?? only, options)]);
      return this.#remember(key, new Output(this.#output(made).block, shape, full));
    }
    const parameters = blockParameters(
      place,
      operation.parameters(inputs, options),
      operation.parameters(fullInputs, widest),
    );
    this.#blocks.push({
      kind: 'operation',
      name: place,
      operation: name,
      options,
      parameters,
      inputs,
      shape,
      from: sources.map(({ block }) => block),
    });
    return this.#remember(key, new Output(this.#blocks.length - 1, shape, full));
  }

  #remember(key: string, output: Output): Output {
    this.#named.set(key, output);
    return output;
  }

  #chooseEdge(choice: Choice, body: (option: string) => Value): Value {
    const cell = this.#cell;
    if (cell === null) throw new RangeError(`the choice ${choice.id} is no edge`);
    const { recorder } = cell;
    const mode = this.#mode;
    if (mode.kind === 'derived') {
      // Sums do not depend on the order of their terms; names give the one canonical order.
      const kept = [...this.#selected(choice)].sort();
      const edges = kept.flatMap((option) => recorder.edges(body(option)).map((edge) => this.#droppable(edge)));
      const shape = edges[0]?.shape ?? this.#shapeWithout(choice, body);
      return recorder.sum(edges, shapeOf(shape));
    }
    const running = new Set(this.#selected(choice));
    const bySource = new Map<number, RecordedBranch[]>();
    let shape: StateShape | null = null;
    choice.options.forEach((option, column) => {
      const slot = this.#slot(choice, column);
      const presence = running.has(option) ? 'runs' : mode.bare ? 'bare' : 'places';
      for (const edge of recorder.edges(body(option))) {
        shape ??= edge.shape;
        const branches = bySource.get(edge.from) ?? [];
        for (const branch of edge.branches) {
          if (branch.slot !== null)
            throw new RangeError(`an option of ${choice.id} mixes already: choices in a choice of a cell`);
          branches.push({ ...branch, slot, presence });
        }
        bySource.set(edge.from, branches);
      }
    });
    if (shape === null) throw new RangeError(`no option of ${choice.id} leads anywhere`);
    const to: StateShape = shape;
    const edges = [...bySource].map(([from, branches]): RecordedEdge => {
      const edge = { from, branches, shape: to };
      return mode.keep > 1 && choice.site !== undefined
        ? { ...edge, partial: { keep: mode.keep, stride: this.#stride(branches), bypass: this.#bypass(choice) } }
        : edge;
    });
    return recorder.sum(edges, shapeOf(to));
  }

  /** The coefficient by which the path of a kept operation is dropped; identities are spared, and nothing is nothing. */
  #droppable(edge: RecordedEdge): RecordedEdge {
    const { droppable, name } = this.#cell ?? { droppable: 0, name: '' };
    if (this.#mode.kind !== 'derived' || !this.#mode.dropPath || this.#cell === null) return edge;
    let next = droppable;
    const branches = edge.branches.map((branch): RecordedBranch => {
      const spared = branch.operations.every(
        ({ operation, options }) =>
          operation === 'none' || (operation === 'skip_connect' && (options.stride ?? 1) === 1),
      );
      return spared ? branch : { ...branch, slot: { group: name, index: next++ } };
    });
    this.#cell.droppable = next;
    return { ...edge, branches };
  }

  /** Shape of an edge that is gone: that of any option. */
  #shapeWithout(choice: Choice, body: (option: string) => Value): StateShape {
    const [option] = choice.options;
    if (option === undefined) throw new RangeError(`the choice ${choice.id} has no options`);
    return mapShape(body(option).shape);
  }

  #stride(branches: readonly RecordedBranch[]): 1 | 2 {
    return branches.some(({ operations }) => operations.some(({ options }) => options.stride === 2)) ? 2 : 1;
  }

  #bypass(choice: Choice): Slot | null {
    if (this.#mode.kind !== 'supernet' || !this.#mode.edgeNormalisation) return null;
    return this.#slot(choice, choice.options.length);
  }

  #chooseBlock(choice: Choice, body: (option: string) => Value): Value {
    const selected = this.#selected(choice);
    const mode = this.#mode;
    if (selected.length === 0) throw new RangeError(`nothing is left of the choice ${choice.id}`);
    const made = selected.map((option) => this.#output(this.named(`${choice.id}.${option}`, () => body(option))));
    const slots = selected.map((option) => [this.#slot(choice, choice.options.indexOf(option))]);
    const bare =
      mode.kind === 'supernet' && mode.bare
        ? choice.options.flatMap((option, column) => (selected.includes(option) ? [] : [[this.#slot(choice, column)]]))
        : [];
    return this.#mix(made, slots, bare, choice.id);
  }

  /** A weighted sum of blocks; one that stands alone in a network without mixing is itself. */
  #mix(
    made: readonly Output[],
    slots: readonly (readonly Slot[])[],
    bare: readonly (readonly Slot[])[],
    label: string,
  ): Output {
    const [only, ...more] = made;
    if (only === undefined) throw new RangeError(`${label}: nothing to add up`);
    const weighted = this.#mode.kind === 'supernet' && slots.some((factors) => factors.length > 0);
    if (more.length === 0 && !weighted) return only;
    const shape = widest(
      made.map((value) => value.shape),
      label,
    );
    const full = widest(
      made.map((value) => value.full),
      label,
    );
    this.#blocks.push({
      kind: 'mix',
      name: this.#place(label),
      from: made.map(({ block }) => block),
      slots: made.map((_, index) => (weighted ? (slots[index] ?? []) : [])),
      bare,
      shape,
    });
    return new Output(this.#blocks.length - 1, shape, full);
  }

  #choice(id: string): Choice {
    const choice = this.#choices.get(id);
    if (choice === undefined) throw new RangeError(`the space declares no choice ${id}`);
    return choice;
  }

  /** Options that run, in the choice's order. */
  #selected(choice: Choice): readonly string[] {
    const chosen = this.#mode.selection?.get(choice.id);
    if (chosen === undefined) {
      if (this.#mode.kind === 'derived') throw new RangeError(`nothing is decided at ${choice.id}`);
      return choice.options;
    }
    return choice.options.filter((option) => chosen.includes(option));
  }

  #slot({ group, row }: Choice, column: number): Slot {
    return { group, index: row * (this.#columns.get(group) ?? 0) + column };
  }

  /** Length of each group's coefficients. */
  #lengths(): ReadonlyMap<string, number> {
    const rows = new Map<string, number>();
    for (const { group } of this.#choices.values()) rows.set(group, (rows.get(group) ?? 0) + 1);
    return new Map([...rows].map(([group, count]) => [group, count * (this.#columns.get(group) ?? 0)]));
  }

  #place(name: string): string {
    return [...this.#prefix, name].join('.');
  }

  #output(value: Value): Output {
    if (value instanceof Output) return value;
    if (value instanceof State || value instanceof Edges) {
      throw new RangeError('a state of a cell is read outside of it: let the cell give it as a result');
    }
    throw new RangeError('found a value that no builder made');
  }
}

function isValue(value: Value | readonly Value[]): value is Value {
  return !Array.isArray(value);
}

/** Every way to pick one entry of each list, the last list varying fastest. */
function combinations(lists: readonly (readonly string[])[]): readonly (readonly string[])[] {
  return lists.reduce<readonly (readonly string[])[]>(
    (rows, list) => rows.flatMap((row) => list.map((entry) => [...row, entry])),
    [[]],
  );
}

/** The common shape of values that differ in their last axis only: the widest one. */
function widest(shapes: readonly ValueShape[], label: string): ValueShape {
  const [first = [], ...others] = shapes;
  for (const shape of others) {
    const fits = shape.length === first.length && shape.slice(0, -1).every((size, axis) => size === first[axis]);
    if (!fits) {
      throw new RangeError(`${label}: values of shape [${first.join(', ')}] and [${shape.join(', ')}] do not add up`);
    }
  }
  return [...first.slice(0, -1), Math.max(...shapes.map((shape) => shape.at(-1) ?? 0))];
}

/** What a block reads of the arrays of the widest variant. */
function blockParameters(
  place: string,
  own: readonly ParameterSpec[],
  full: readonly ParameterSpec[],
): readonly BlockParameter[] {
  return own.map(({ key, shape, initialisation, sort = 'weight', centred = [] }, index) => {
    const whole = full[index] ?? { shape, initialisation };
    const start = shape.map((size, axis) => {
      const room = (whole.shape[axis] ?? size) - size;
      return centred.includes(axis) ? Math.floor(room / 2) : 0;
    });
    return {
      key,
      name: `${place}.${key}`,
      sort,
      full: whole.shape,
      shape,
      start,
      initialisation: whole.initialisation,
    };
  });
}
