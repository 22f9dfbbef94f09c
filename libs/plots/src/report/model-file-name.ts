import { createHash } from 'node:crypto';

/**
 * Where a campaign's exported model lies, relative to the report; one rule for who writes the files
 * and who links to them. Different runs have different names.
 *
 * @param training which retraining of the found genotype, from 0, if there are several.
 * @returns such as `models/fashion_darts_seed0.onnx`. Characters other than letters, digits, `.`,
 * `_` and `-` become `-`; names that have any, or a `_`, which sets names apart here, are followed
 * by a digest of them as they are: `models/a-b_darts_0f3a9c21_seed0.onnx`.
 */
export function modelFileName(run: { benchmark: string; method: string; seed: number; training?: number }): string {
  const names = [run.benchmark, run.method];
  const plain = names.map((name) => name.replace(/[^A-Za-z0-9._-]+/g, '-').replace(/^[.-]+/, '') || 'unnamed');
  const told = names.every((name, at) => name === plain[at] && !name.includes('_'));
  const digest = told ? [] : [createHash('sha256').update(JSON.stringify(names)).digest('hex').slice(0, 8)];
  const training = run.training === undefined ? [] : [`retraining${run.training}`];
  return `models/${[...plain, ...digest, `seed${run.seed}`, ...training].join('_')}.onnx`;
}
