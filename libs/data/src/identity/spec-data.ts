import { DataError, describeFault } from '../error.js';
import { imageRuleOf, type WrittenImageRule, writtenImageRule } from '../folder/image-rule.js';
import type { LocateOptions } from '../locate.js';
import type { DatasetSurvey } from '../survey.js';
import { identifyDataset } from './identify-dataset.js';

/** One fault of a field of a spec. */
export interface SpecDataFault {
  readonly path: string;
  readonly found: string;
  readonly allowed: string;
  readonly message: string;
}

/**
 * The `data` part of a spec with the digest of what the data set holds here, or what is wrong with
 * it.
 */
export type SpecData<Part> =
  | { readonly ok: true; readonly data: Part & { readonly digest: string } }
  | { readonly ok: false; readonly fault: SpecDataFault };

/** The same with what the data set holds. */
export type SurveyedSpecData<Part> =
  | (Extract<SpecData<Part>, { readonly ok: true }> & { readonly survey: DatasetSurvey })
  | Extract<SpecData<Part>, { readonly ok: false }>;

/** What identifies a data set in the `data` part of a spec, and how its images are read. */
export type NamedData = WrittenImageRule & {
  readonly name: string;
  readonly digest?: string | undefined;
};

/**
 * Finds the data set that the `data` part of a spec names, and reads what it holds. A digest that
 * the part holds already must be the same.
 *
 * @param path where the spec has the part, for faults.
 */
export async function identifySpecData<Part extends NamedData>(
  part: Part,
  options: LocateOptions = {},
  path = 'data',
): Promise<SurveyedSpecData<Part>> {
  const { name } = part;
  let survey: DatasetSurvey;
  try {
    survey = await identifyDataset(name, { ...options, ...imageRuleOf(part) });
  } catch (error) {
    if (!(error instanceof DataError)) throw error;
    const message = error.faults.map(describeFault).join('; ');
    return { ok: false, fault: { path: `${path}.name`, found: name, allowed: '', message } };
  }
  const { digest } = survey;
  if (part.digest === undefined || part.digest === digest) return { ok: true, data: { ...part, digest }, survey };
  const message = `found ${part.digest}; ${name} has ${digest} here`;
  return { ok: false, fault: { path: `${path}.digest`, found: part.digest, allowed: digest, message } };
}

/**
 * What a spec that has not been read yet, or could not be, says of its data; undefined if it names
 * none.
 */
export function writtenData(spec: unknown): NamedData | undefined {
  const data = field(spec, 'data');
  const name = field(data, 'name');
  const digest = field(data, 'digest');
  if (typeof name !== 'string' || name === '') return undefined;
  return { name, ...writtenImageRule(data), ...(typeof digest === 'string' ? { digest } : {}) };
}

function field(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
}
