import type { EngineFault } from '../errors.js';
import { seenShape } from './partial.js';
import {
  branchShape,
  normKernels,
  reductionKernels,
  sameShape,
  showShape,
  stageKernels,
  stageShape,
  type WeightPart,
} from './parts.js';
import type { BranchSchedule, CellSchedule, EdgeSchedule, NodeSchedule, NormSchedule, StateShape } from './schedule.js';

/**
 * What a walk over a schedule finds: the shape of every state (as far as they are known) and every
 * fault.
 */
export interface Inspection {
  readonly shapes: readonly StateShape[];
  readonly faults: readonly EngineFault[];
}

class Inspector {
  readonly faults: EngineFault[] = [];
  readonly shapes: StateShape[] = [];
  private readonly statistics: { readonly start: number; readonly end: number }[] = [];

  constructor(private readonly schedule: CellSchedule) {}

  fault(path: string, message: string): void {
    this.faults.push({ path, message });
  }

  run(): Inspection {
    const { inputs, nodes, output, weightCount, statisticCount, mixCount } = this.schedule;
    for (const [name, count] of Object.entries({ weightCount, statisticCount, mixCount })) {
      if (!Number.isInteger(count) || count < 0)
        this.fault(name, `expected a whole number of at least 0, found ${count}`);
    }
    if (inputs.length === 0) this.fault('inputs', 'expected at least one state');
    inputs.forEach((shape, i) => {
      this.checkShape(`inputs[${i}]`, shape);
      this.shapes.push(shape);
    });
    for (const [n, node] of nodes.entries()) {
      const shape = this.node(`nodes[${n}]`, inputs.length + n, node);
      if (shape === null) return { shapes: this.shapes, faults: this.faults };
      this.shapes.push(shape);
    }
    this.output(output);
    return { shapes: this.shapes, faults: this.faults };
  }

  private checkShape(path: string, shape: StateShape): void {
    for (const [name, length] of Object.entries(shape)) {
      if (!Number.isInteger(length) || length < 1) {
        this.fault(`${path}.${name}`, `expected a whole number of at least 1, found ${length}`);
      }
    }
  }

  private output(states: readonly number[]): void {
    if (states.length === 0) this.fault('output', 'expected at least one state');
    const first = this.shapes[states[0] ?? -1];
    states.forEach((state, i) => {
      const shape = this.shapes[state];
      if (shape === undefined) {
        this.fault(`output[${i}]`, `expected a state in 0 … ${this.shapes.length - 1}, found ${state}`);
      } else if (first !== undefined && (shape.height !== first.height || shape.width !== first.width)) {
        this.fault(`output[${i}]`, `state ${state} is ${showShape(shape)} and cannot stand beside ${showShape(first)}`);
      }
    });
  }

  private node(path: string, state: number, node: NodeSchedule): StateShape | null {
    if (node.shape !== undefined) this.checkShape(`${path}.shape`, node.shape);
    let shape = node.shape ?? null;
    node.edges.forEach((edge, e) => {
      const found = this.edge(`${path}.edges[${e}]`, state, edge);
      if (found === null) return;
      if (shape !== null && !sameShape(shape, found)) {
        this.fault(`${path}.edges[${e}]`, `gives ${showShape(found)}, but the node is ${showShape(shape)}`);
      }
      shape ??= found;
    });
    if (shape === null) this.fault(`${path}.shape`, 'is needed, because no branch tells the shape of the node');
    return shape;
  }

  private edge(path: string, state: number, { from, branches, partial }: EdgeSchedule): StateShape | null {
    const source = this.shapes[from];
    if (!Number.isInteger(from) || from < 0 || from >= state || source === undefined) {
      this.fault(`${path}.from`, `expected an earlier state in 0 … ${state - 1}, found ${from}`);
      return null;
    }
    if (partial === undefined) return this.branches(path, branches, source, null);
    const { keep, stride, bypassMix } = partial;
    this.checkMix(`${path}.partial.bypassMix`, bypassMix);
    if (!Number.isInteger(keep) || keep < 2 || keep > source.channels) {
      this.fault(`${path}.partial.keep`, `expected 2 up to the ${source.channels} channels, found ${keep}`);
      return null;
    }
    if (stride === 2 && (source.height % 2 !== 0 || source.width % 2 !== 0)) {
      this.fault(`${path}.partial.stride`, `expected an even height and width to halve, found ${showShape(source)}`);
      return null;
    }
    const active = seenShape({ partial }, source);
    const wanted = { height: source.height / stride, width: source.width / stride, channels: active.channels };
    this.branches(path, branches, active, wanted);
    return { ...wanted, channels: source.channels };
  }

  private branches(
    path: string,
    branches: readonly BranchSchedule[],
    from: StateShape,
    wanted: StateShape | null,
  ): StateShape | null {
    let shape = wanted;
    branches.forEach((branch, b) => {
      const at = `${path}.branches[${b}]`;
      this.branch(at, branch, from);
      const found = branchShape(branch, from);
      if (found === null) return;
      if (shape !== null && !sameShape(shape, found)) {
        this.fault(at, `gives ${showShape(found)}, but the edge is ${showShape(shape)}`);
      }
      shape ??= found;
    });
    return shape;
  }

  private branch(path: string, branch: BranchSchedule, from: StateShape): void {
    this.checkMix(`${path}.mix`, branch.mix);
    switch (branch.kind) {
      case 'zero':
      case 'bare':
      case 'identity':
        return;
      case 'pool':
        this.oneOf(`${path}.size`, branch.size, [2, 3]);
        this.oneOf(`${path}.stride`, branch.stride, [1, 2]);
        this.oneOf(`${path}.padding`, branch.padding, [0, 1]);
        if (from.height + 2 * branch.padding < branch.size || from.width + 2 * branch.padding < branch.size) {
          this.fault(path, `a window of ${branch.size} does not fit ${showShape(from)}`);
        }
        this.norm(`${path}.norm`, branch.norm, from.channels);
        return;
      case 'chain': {
        if (branch.stages.length === 0) this.fault(`${path}.stages`, 'expected at least one stage');
        let shape = from;
        branch.stages.forEach((stage, s) => {
          const at = `${path}.stages[${s}]`;
          const { depthwise, convolution, norm } = stage;
          if (depthwise !== undefined) {
            this.oneOf(`${at}.depthwise.size`, depthwise.size, [3, 5, 7]);
            this.oneOf(`${at}.depthwise.stride`, depthwise.stride, [1, 2]);
            this.oneOf(`${at}.depthwise.dilation`, depthwise.dilation, [1, 2]);
          }
          if (convolution !== undefined) {
            this.oneOf(`${at}.convolution.size`, convolution.size, [1, 3, 5, 7]);
            this.oneOf(`${at}.convolution.stride`, convolution.stride, [1, 2]);
            this.positive(`${at}.convolution.channels`, convolution.channels);
          }
          for (const part of stageKernels(stage, shape.channels)) this.weights(at, part);
          shape = stageShape(stage, shape);
          this.norm(`${at}.norm`, norm, shape.channels);
        });
        return;
      }
      case 'factorized_reduce':
        this.positive(`${path}.channels`, branch.channels);
        for (const part of reductionKernels(branch.weights, from.channels, branch.channels)) this.weights(path, part);
        this.norm(`${path}.norm`, branch.norm, branch.channels);
        return;
      default:
        this.fault(`${path}.kind`, `is not known: ${JSON.stringify((branch as { kind?: unknown }).kind)}`);
    }
  }

  private norm(path: string, norm: NormSchedule | undefined, channels: number): void {
    if (norm === undefined) return;
    for (const part of normKernels(norm, channels)) this.weights(path, part);
    this.range(`${path}.statistics`, norm.statistics, 2 * channels, this.schedule.statisticCount, 'statistics');
    const own = { start: norm.statistics, end: norm.statistics + 2 * channels };
    if (this.statistics.some(({ start, end }) => start < own.end && own.start < end)) {
      this.fault(`${path}.statistics`, `those from ${norm.statistics} on are another norm's too`);
    }
    this.statistics.push(own);
  }

  private weights(path: string, { offset, shape }: WeightPart): void {
    const size = shape.reduce((product, length) => product * length, 1);
    this.range(`${path}.weights`, offset, size, this.schedule.weightCount, 'weight');
  }

  private range(path: string, offset: number, size: number, length: number, bank: string): void {
    if (!Number.isInteger(offset) || offset < 0 || offset + size > length) {
      this.fault(path, `${size} values from ${offset} on do not lie in a ${bank} bank of ${length}`);
    }
  }

  private checkMix(path: string, mix: number | null): void {
    const { mixCount } = this.schedule;
    if (mix !== null && (!Number.isInteger(mix) || mix < 0 || mix >= mixCount)) {
      this.fault(path, `expected null or an index below ${mixCount}, found ${mix}`);
    }
  }

  private oneOf(path: string, found: number, allowed: readonly number[]): void {
    if (!allowed.includes(found)) this.fault(path, `expected one of ${allowed.join(', ')}, found ${found}`);
  }

  private positive(path: string, found: number): void {
    if (!Number.isInteger(found) || found < 1)
      this.fault(path, `expected a whole number of at least 1, found ${found}`);
  }
}

/** Walks a schedule once, checking everything and collecting the shapes. */
export function inspect(schedule: CellSchedule): Inspection {
  return new Inspector(schedule).run();
}
