import { MathBackendCPU } from '@tensorflow/tfjs-backend-cpu';
import type { CellMemory } from '../cell/cell-memory.js';
import type { Precision } from '../cell/precision.js';
import type { CellSchedule } from '../cell/schedule.js';
import { EngineError } from '../errors.js';
import type { Addon, CellPlan, InstructionSet, Keep, Saved } from './addon.js';
import { BufferPool } from './buffer-pool.js';
import { callingAddon } from './failure.js';
import { PlanCache } from './plan-cache.js';

type DataId = Parameters<MathBackendCPU['disposeData']>[0];

/** Tensors in pooled memory, kernels in Rust where it matters and in JavaScript elsewhere. */
export class NativeBackend extends MathBackendCPU {
  readonly pool = new BufferPool();
  #plans: PlanCache;
  readonly #saved = new Map<DataId, Saved>();

  constructor(readonly addon: Addon) {
    super();
    this.#plans = new PlanCache(addon);
  }

  allocate(size: number): Float32Array {
    return this.pool.take(size);
  }

  /** Chooses vector instructions, by default the best. Tensors stay; plans are made anew. */
  useInstructions(name: InstructionSet | undefined): void {
    const before = this.addon.cpuFeatures();
    callingAddon(() => this.addon.setInstructions(name ?? null));
    if (this.addon.cpuFeatures() !== before) this.#plans = new PlanCache(this.addon);
  }

  /** Runs a call that fills arrays just allocated; takes them back where it throws. */
  filling<T>(arrays: readonly (Float32Array | null)[], call: () => T): T {
    try {
      return call();
    } catch (error) {
      for (const values of arrays) this.pool.give(values);
      throw error;
    }
  }

  plan(schedule: CellSchedule, batch: number, precision: Precision): CellPlan {
    return callingAddon(() => this.#plans.get(schedule, batch, precision));
  }

  /** Ties what a backward pass needs to the life of a tensor. */
  attach(dataId: DataId, saved: Saved): void {
    this.#saved.set(dataId, saved);
  }

  attached(dataId: DataId): Saved {
    const saved = this.#saved.get(dataId);
    if (saved === undefined) throw new EngineError('unsupported', 'A cell was not recorded for its backward pass.');
    return saved;
  }

  override disposeData(dataId: DataId, force = false): boolean {
    const values: unknown = this.data.has(dataId) ? this.data.get(dataId).values : undefined;
    const freed = super.disposeData(dataId, force);
    if (freed) {
      this.pool.give(values);
      this.#saved.get(dataId)?.release();
      this.#saved.delete(dataId);
    }
    return freed;
  }

  /** What the calls of a cell ask of the addon's buffer pool. */
  cellMemory(schedule: CellSchedule, batch: number, precision: Precision, keep: Keep): CellMemory {
    return this.plan(schedule, batch, precision).memory(keep);
  }

  /** Bytes held besides the tensors alive. */
  nativeBytes(): number {
    const { usedBytes, freeBytes } = this.addon.poolStatistics();
    return usedBytes + freeBytes + this.pool.freeBytes;
  }

  override dispose(): void {
    this.pool.clear();
    this.addon.releasePool();
  }
}
