import type { Sample } from '../sample.js';
import { varghaDelaney } from './vargha-delaney.js';

/**
 * Cliff's δ (1993): P(x > y) − P(x < y) = 2 A₁₂ − 1.
 *
 * @returns from −1 to 1; 0 means no effect
 * @throws StatisticsError `too-few` (either empty), `not-finite`
 */
export function cliffsDelta(x: Sample, y: Sample): number {
  return 2 * varghaDelaney(x, y) - 1;
}

export type EffectMagnitude = 'negligible' | 'small' | 'medium' | 'large';

/** The usual words for |δ|, with limits 0.147, 0.33 and 0.474 (Romano et al. 2006). */
export function effectMagnitude(delta: number): EffectMagnitude {
  const size = Math.abs(delta);
  if (size < 0.147) return 'negligible';
  if (size < 0.33) return 'small';
  return size < 0.474 ? 'medium' : 'large';
}
