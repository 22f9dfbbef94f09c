import type { Block, Head, NetworkDescription, Slot, TaskShape } from '../network.js';
import type { NetworkStyle, OperationOptions, ParameterSpec } from '../operations/operation.js';
import { operationOf } from '../operations/table.js';
import type { Choice, ChoiceGroup } from '../spaces/choice.js';
import { blockParameters } from './block-parameters.js';
import type { Builder, Dimensions, Picked } from './builder.js';
import { Edges, State } from './cell-recorder.js';
import { CellScope } from './cell-scope.js';
import { Decisions } from './decisions.js';
import { cellShape, emitCell } from './emit-cell.js';
import { requiredBlocks } from './required-blocks.js';
import type { BuildMode } from './selection.js';
import { mapShape, shapeOf, type Value, type ValueShape } from './value.js';
import { combinations, widest } from './variants.js';

/**
 * The result of a block. `full` is its shape in the widest network that shares weights with this
 * one.
 */
class Output implements Value {
  constructor(
    readonly block: number,
    readonly shape: ValueShape,
    readonly full: ValueShape,
  ) {}
}

/** The number of a block that is measured only, not made. */
const NOWHERE = -2;

/** Interprets one description of a space under a selection. */
export class NetworkBuilder implements Builder {
  readonly input: Value;
  readonly outputs: number;
  readonly searching: boolean;
  readonly #target: TaskShape;
  readonly #mode: BuildMode;
  readonly #style: NetworkStyle;
  readonly #decisions: Decisions;
  readonly #blocks: Block[] = [];
  readonly #named = new Map<string, Output>();
  /** Arrays and results of elastic layers at their largest size, by place. */
  readonly #widest = new Map<string, { readonly parameters: readonly ParameterSpec[]; readonly shape: ValueShape }>();
  /**
   * `shape`: results are measured only; `shared`: the arrays behind them are taken down as well.
   * Null: blocks are made.
   */
  #measuring: 'shape' | 'shared' | null = null;
  #prefix: readonly string[] = [];
  #cell: CellScope | null = null;
  /** How many choices' bodies are being described around this point. */
  #depth = 0;
  #head: Head | null = null;

  constructor(groups: readonly ChoiceGroup[], target: TaskShape, mode: BuildMode, style: NetworkStyle) {
    this.#target = target;
    this.#mode = mode;
    this.#style = style;
    this.#decisions = new Decisions(groups, mode);
    const shape = shapeOf(target.input);
    this.input = new Output(-1, shape, shape);
    this.outputs = target.outputs;
    this.searching = mode.kind === 'supernet';
  }

  /** The finished network, without what its result does not need. */
  finish(result: Value): NetworkDescription {
    const { input, outputs } = this.#target;
    const head = this.#head ?? { kind: 'result', from: this.#output(result).block };
    const { blocks, renumbered } = requiredBlocks(this.#blocks, head.from);
    return { input, outputs, blocks, head: { ...head, from: renumbered } };
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
    return this.#operation(operation, values, options, name);
  }

  elastic(dimensions: Dimensions, body: (picked: Picked) => Value): Value {
    const names = Object.keys(dimensions);
    const choices = Object.values(dimensions).map((id) => this.#decisions.choice(id));
    const pick = (options: readonly string[]): Picked =>
      Object.fromEntries(names.map((name, axis) => [name, Number(options[axis])] as const));
    if (this.#mode.kind === 'derived')
      return body(pick(choices.map((choice) => this.#decisions.selected(choice)[0] ?? '')));
    const shared = this.#mode.sharing === 'shared';
    const all = combinations(choices.map(({ options }) => options));
    if (shared) {
      const largest = pick(choices.map(({ options }) => options.reduce((a, b) => (Number(b) > Number(a) ? b : a))));
      const full = this.#measured('shared', () => body(largest));
      if (this.#measuring !== null) return full;
    }
    const variants = combinations(choices.map((choice) => this.#decisions.selected(choice)));
    const called = (variant: readonly string[], make: () => Value): Value =>
      // Variants that do not share weights have names of their own.
      shared ? make() : this.named(variant.join('_'), make);
    const make = (variant: readonly string[]) => called(variant, () => body(pick(variant)));
    const made = variants.map((variant) => this.#output(make(variant)));
    const slots = variants.map((variant) =>
      choices.map((choice, axis) => this.#decisions.slot(choice, choice.options.indexOf(variant[axis] ?? ''))),
    );
    // Where weights are shared, any variant knows the widest one already.
    const others = shared || all.length === variants.length ? [] : all.map((variant) => () => make(variant));
    return this.#mix(made, slots, [], names.join('_'), others);
  }

  choose(id: string, body: (option: string) => Value): Value {
    const choice = this.#decisions.choice(id);
    this.#depth += 1;
    try {
      return this.#cell === null ? this.#chooseBlock(choice, body) : this.#cell.choose(choice, body);
    } finally {
      this.#depth -= 1;
    }
  }

  keep(id: string, body: (option: string) => Value): readonly Value[] {
    const choice = this.#decisions.choice(id);
    if (this.#cell !== null) return this.#cell.keep(choice, body);
    const kept = this.#decisions.selected(choice);
    if (this.#mode.kind === 'supernet' && kept.length < choice.options.length) {
      throw new RangeError(`what reads the options of ${id} has weights for every one: keep them in a cell`);
    }
    return kept.map((option) => {
      const slot = this.#decisions.slot(choice, choice.options.indexOf(option));
      const made = this.#output(this.named(`${id}.${option}`, () => body(option)));
      return this.#mix([made], this.#mode.kind === 'derived' ? [[]] : [[slot]], [], `${id}.${option}`);
    });
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
    const place = this.#place(name);
    const shapes = sources.map(({ shape }) => mapShape(shape));
    const scope = new CellScope(place, shapes, this.#mode, this.#decisions);
    const { recorder } = scope;
    this.#cell = scope;
    const depth = this.#depth;
    this.#depth = 0;
    try {
      const recorded = recorder.finish(body(recorder.inputs));
      if (this.#measuring !== null) {
        const shape = cellShape(recorded);
        return new Output(NOWHERE, shape, shape);
      }
      const from = sources.map(({ block }) => block);
      const emitted = emitCell(recorded, {
        name: place,
        from,
        style: this.#style,
        columns: this.#decisions.lengths(),
        own: scope.droppable,
        first: this.#blocks.length,
        prune: this.#mode.kind === 'derived',
      });
      this.#blocks.push(...emitted.blocks);
      return new Output(this.#blocks.length - 1, emitted.shape, emitted.shape);
    } finally {
      this.#cell = null;
      this.#depth = depth;
    }
  }

  classify(features: Value, { norm, relu }: { readonly norm: boolean; readonly relu: boolean }): Value {
    const from = this.#widened(this.#output(features));
    this.#head = { kind: 'classifier', from: from.block, norm, relu };
    return from;
  }

  /**
   * What the classifier reads of a narrower path: filled up with zeros, since its weights are those
   * of the widest one.
   */
  #widened(value: Output): Output {
    const { block, shape, full } = value;
    if (this.#measuring !== null || shape.at(-1) === full.at(-1)) return value;
    this.#blocks.push({ kind: 'mix', name: this.#place('widened'), from: [block], slots: [[]], bare: [], shape: full });
    return new Output(this.#blocks.length - 1, full, full);
  }

  /**
   * An operation on values outside of cells: composed ones are blocks, a fusible one is a cell of
   * its own.
   */
  #operation(name: string, from: readonly Value[], options: OperationOptions, label: string): Output {
    const operation = operationOf(name);
    const sources = from.map((value) => this.#output(value));
    const place = this.#place(label);
    if (operation.kind === 'fused') {
      const [only] = sources;
      if (only === undefined) throw new RangeError(`${name} reads nothing`);
      if (this.#measuring === 'shared' || this.#widest.has(place)) {
        throw new RangeError(
          `${name} has weights that cannot be shared between sizes: use operations that stand outside of cells`,
        );
      }
      const made = this.cell(label, [only], ([input]) => [this.apply(name, input ?? only, options)]);
      return this.#output(made);
    }
    const inputs = sources.map(({ shape }) => shape);
    if (this.#measuring !== null) {
      const full = sources.map((source) => source.full);
      const shape = operation.shape(full, options);
      if (this.#measuring === 'shared') {
        this.#widest.set(place, { parameters: operation.parameters(full, options), shape });
      }
      return new Output(NOWHERE, shape, shape);
    }
    const key = `${place} ${sources.map(({ block }) => block).join()} ${JSON.stringify(options)}`;
    const known = this.#named.get(key);
    if (known !== undefined) return known;
    const own = operation.parameters(inputs, options);
    const shape = operation.shape(inputs, options);
    const measured = this.#widest.get(place);
    const wide = sources.map((source) => source.full);
    const full = measured ?? { parameters: operation.parameters(wide, options), shape: operation.shape(wide, options) };
    this.#blocks.push({
      kind: 'operation',
      name: place,
      operation: name,
      options,
      parameters: blockParameters(place, own, full.parameters),
      inputs,
      shape,
      from: sources.map(({ block }) => block),
    });
    return this.#remember(key, new Output(this.#blocks.length - 1, shape, full.shape));
  }

  /** What a part of the network would give in its widest form, without making it. */
  #measured(measuring: 'shape' | 'shared', body: () => Value): Output {
    const before = this.#measuring;
    this.#measuring = before ?? measuring;
    try {
      const { full } = this.#output(body());
      return new Output(NOWHERE, full, full);
    } finally {
      this.#measuring = before;
    }
  }

  #remember(key: string, output: Output): Output {
    this.#named.set(key, output);
    return output;
  }

  #chooseBlock(choice: Choice, body: (option: string) => Value): Value {
    const selected = this.#decisions.selected(choice);
    const mode = this.#mode;
    if (selected.length === 0) throw new RangeError(`nothing is left of the choice ${choice.id}`);
    const made = selected.map((option) => this.#output(this.named(`${choice.id}.${option}`, () => body(option))));
    const slots = selected.map((option) => [this.#decisions.slot(choice, choice.options.indexOf(option))]);
    const bare =
      mode.kind === 'supernet' && mode.bare
        ? choice.options.flatMap((option, column) =>
            selected.includes(option) ? [] : [[this.#decisions.slot(choice, column)]],
          )
        : [];
    const others =
      mode.kind === 'derived' || selected.length === choice.options.length
        ? []
        : choice.options.map((option) => () => this.named(`${choice.id}.${option}`, () => body(option)));
    return this.#mix(made, slots, bare, choice.id, others);
  }

  /**
   * A weighted sum of blocks; one that stands alone in a network without mixing is itself.
   *
   * @param others what else could have been selected: what reads the sum has weights for the widest
   * of all
   */
  #mix(
    made: readonly Output[],
    slots: readonly (readonly Slot[])[],
    bare: readonly (readonly Slot[])[],
    label: string,
    others: readonly (() => Value)[] = [],
  ): Output {
    const [only, ...more] = made;
    if (only === undefined) throw new RangeError(`${label}: nothing to add up`);
    const weighted = this.#mode.kind === 'supernet' && slots.some((factors) => factors.length > 0);
    if (more.length === 0 && !weighted) return only;
    const unselected = others.map((other) => this.#measured('shape', other).full);
    const full = widest([...made.map((value) => value.full), ...unselected], label);
    if (this.#measuring !== null) return new Output(NOWHERE, full, full);
    const shape = widest(
      made.map((value) => value.shape),
      label,
    );
    const name = this.#place(label);
    const alike = this.#blocks.filter((block) => block.kind === 'mix' && block.name.startsWith(name)).length;
    this.#blocks.push({
      kind: 'mix',
      name: alike === 0 ? name : `${name}.${alike}`,
      from: made.map(({ block }) => block),
      slots: made.map((_, index) => (weighted ? (slots[index] ?? []) : [])),
      bare,
      shape,
    });
    return new Output(this.#blocks.length - 1, shape, full);
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
