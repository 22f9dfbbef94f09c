import { createHash } from 'node:crypto';
import { tensorBytes } from './checkpoint/safetensors.js';

/**
 * Identity of a set of weights: sha256 over names in code-unit order, each with its length and its
 * little-endian float32 bytes. 64 hexadecimal digits.
 */
export function weightsDigest(arrays: Readonly<Record<string, Float32Array>>): string {
  const hash = createHash('sha256');
  for (const name of Object.keys(arrays).sort()) {
    const values = arrays[name];
    if (values === undefined) continue;
    hash.update(`${name}\0${values.length}\0`);
    hash.update(tensorBytes(values));
  }
  return hash.digest('hex');
}
