import { createRequire } from 'node:module';
import type { Precision } from '../cell/precision.js';
import { type Addon, type InstructionSet, loadAddon } from '../native/addon.js';
import type { BackendName } from './info.js';
import { askedBackend, backendInfo, selectBackend } from './select.js';

/**
 * What the bits of a result depend on besides its spec: the same arithmetic gives the same bits,
 * whatever the number of threads.
 */
export interface Arithmetic {
  readonly backend: BackendName;
  /** Vector instructions, as in `BackendInfo`. */
  readonly simd: string;
  /** Version of the engine. */
  readonly engine: string;
  /** What cells run in; absent: `float32`. */
  readonly precision?: Precision;
}

const { version } = createRequire(import.meta.url)('../../package.json') as { version: string };

/** The arithmetic of the backend in use. */
export function currentArithmetic(precision: Precision = 'float32'): Arithmetic {
  const { name, simd } = backendInfo();
  return { backend: name, simd, engine: version, ...(precision === 'float32' ? {} : { precision }) };
}

export const sameArithmetic = (a: Arithmetic, b: Arithmetic): boolean =>
  a.backend === b.backend && a.simd === b.simd && a.engine === b.engine && a.precision === b.precision;

/** In words, such as `native avx2 bf16, engine 0.1.0`. */
export function arithmeticText({ backend, simd, engine, precision }: Arithmetic): string {
  const words = [backend, ...(simd === 'none' ? [] : [simd]), ...(precision === undefined ? [] : [precision])];
  return `${words.join(' ')}, engine ${engine}`;
}

function instructionsOf(addon: Addon, simd: string): InstructionSet | undefined {
  return addon.instructionSets().find((name) => name === simd);
}

/**
 * Goes over to the arithmetic of an earlier result where this process may: with the same engine,
 * the backend asked for or none, and instructions that this machine has and `ONESHOT_SIMD` allows.
 * Tensors made before must not be used any more.
 * @returns whether it is in use now
 */
export async function useArithmetic(wanted: Arithmetic): Promise<boolean> {
  const current = currentArithmetic(wanted.precision);
  if (sameArithmetic(wanted, current)) return true;
  const asked = askedBackend();
  if (wanted.engine !== current.engine || (asked !== 'auto' && asked !== wanted.backend)) return false;
  const { threads } = backendInfo();
  if (wanted.backend === 'reference') {
    await selectBackend({ backend: 'reference' });
    return true;
  }
  const found = loadAddon();
  if (wanted.backend !== 'native' || 'reason' in found) return false;
  const simd = instructionsOf(found.addon, wanted.simd);
  if (simd === undefined) return false;
  await selectBackend({ backend: asked, threads, simd });
  return sameArithmetic(wanted, currentArithmetic(wanted.precision));
}
