import type { Dataset } from './dataset.js';
import { DataError } from './error.js';
import { imageRuleOf } from './folder/image-rule.js';
import type { NamedData } from './identity/spec-data.js';
import type { LocateOptions } from './locate.js';
import { openNamed } from './open-named.js';

/**
 * Reads the data set that an accepted spec names. Throws DataError `digest_mismatch` if it does not
 * hold here what it held where the spec was accepted; specs without a digest, as version 0.1 wrote
 * them, take whatever has the name.
 */
export async function openExpected(part: NamedData, options: LocateOptions = {}): Promise<Dataset> {
  const { name, digest } = part;
  const dataset = await openNamed(name, { ...options, ...imageRuleOf(part) });
  if (digest === undefined || dataset.digest === digest) return dataset;
  throw new DataError({
    code: 'digest_mismatch',
    field: name,
    found: `a data set of that name with the digest ${dataset.digest}`,
    allowed: `the one the run was accepted with, ${digest}`,
  });
}
