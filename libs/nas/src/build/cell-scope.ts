import type { StateShape } from '@oneshot/engine';
import type { Slot } from '../network.js';
import type { Choice } from '../spaces/choice.js';
import { CellRecorder, type RecordedBranch, type RecordedEdge } from './cell-recorder.js';
import type { Decisions } from './decisions.js';
import type { BuildMode } from './selection.js';
import { mapShape, shapeOf, type Value } from './value.js';

/** A cell while its space describes it: choices become mixed edges, or the edges that are kept. */
export class CellScope {
  readonly name: string;
  readonly recorder: CellRecorder;
  readonly #mode: BuildMode;
  readonly #decisions: Decisions;
  #dropped = 0;

  constructor(name: string, inputs: readonly StateShape[], mode: BuildMode, decisions: Decisions) {
    this.name = name;
    this.recorder = new CellRecorder(inputs);
    this.#mode = mode;
    this.#decisions = decisions;
  }

  /** Coefficients that drop paths, so far. */
  get droppable(): number {
    return this.#dropped;
  }

  /**
   * The options of a choice as states of their own, each scaled by its weight. Those that do not
   * run keep their places, as zeros.
   */
  keep(choice: Choice, body: (option: string) => Value): readonly Value[] {
    const { recorder } = this;
    const kept = this.#decisions.selected(choice);
    if (this.#mode.kind === 'derived') return kept.map((option) => recorder.state(body(option)));
    return choice.options.map((option, column) => {
      const value = body(option);
      const slot = this.#decisions.slot(choice, column);
      const presence = kept.includes(option) ? 'runs' : 'places';
      const edges = recorder.edges(value).map((edge) => ({
        ...edge,
        branches: edge.branches.map((branch) => ({ ...branch, slot, presence }) as const),
      }));
      return recorder.state(recorder.sum(edges, value.shape));
    });
  }

  /**
   * The options of a choice, each scaled by its weight, into one node; options may read different
   * states.
   */
  choose(choice: Choice, body: (option: string) => Value): Value {
    const { recorder } = this;
    const mode = this.#mode;
    if (mode.kind === 'derived') {
      // Sums do not depend on the order of their terms; names give the one canonical order.
      const kept = [...this.#decisions.selected(choice)].sort();
      const edges = kept.flatMap((option) => recorder.edges(body(option)).map((edge) => this.#droppable(edge)));
      const shape = edges[0]?.shape ?? this.#shapeWithout(choice, body);
      return recorder.sum(edges, shapeOf(shape));
    }
    const running = new Set(this.#decisions.selected(choice));
    const bySource = new Map<number, RecordedBranch[]>();
    let shape: StateShape | null = null;
    choice.options.forEach((option, column) => {
      const slot = this.#decisions.slot(choice, column);
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
    const edges = [...bySource].map(([from, options]): RecordedEdge => {
      const branches = [...options, ...this.#auxiliarySkip(choice, from, options)];
      const edge = { from, branches, shape: to };
      return mode.keep > 1 && choice.site !== undefined
        ? { ...edge, partial: { keep: mode.keep, stride: this.#stride(branches), bypass: this.#bypass(choice) } }
        : edge;
    });
    return recorder.sum(edges, shapeOf(to));
  }

  /** The skip connection beside the options of an edge; it runs where any of them does. */
  #auxiliarySkip(choice: Choice, from: number, options: readonly RecordedBranch[]): readonly RecordedBranch[] {
    const group = this.#mode.kind === 'supernet' ? this.#mode.auxiliarySkip : undefined;
    if (group === undefined || choice.site === undefined) return [];
    const { recorder } = this;
    const presence = options.some((option) => option.presence === 'runs') ? 'runs' : 'places';
    const skip = recorder.apply('skip_connect', recorder.stateAt(from), { stride: this.#stride(options) });
    return recorder
      .edges(skip)
      .flatMap(({ branches }) =>
        branches.map((branch) => ({ ...branch, slot: { group, index: 0 }, presence }) as const),
      );
  }

  /**
   * The coefficient by which the path of a kept operation is dropped; identities are spared, and
   * nothing is nothing.
   */
  #droppable(edge: RecordedEdge): RecordedEdge {
    if (this.#mode.kind !== 'derived' || !this.#mode.dropPath) return edge;
    const branches = edge.branches.map((branch): RecordedBranch => {
      const spared = branch.operations.every(
        ({ operation, options }) =>
          operation === 'none' || (operation === 'skip_connect' && (options.stride ?? 1) === 1),
      );
      return spared ? branch : { ...branch, slot: { group: this.name, index: this.#dropped++ } };
    });
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
    return this.#decisions.slot(choice, choice.options.length);
  }
}
