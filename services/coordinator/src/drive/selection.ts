import type { MemberKey } from '../campaign/members.js';
import type { MemberState } from '../reconcile/member-state.js';

type Fields = Readonly<Record<string, unknown>>;

/** What a member takes from its search. */
export interface Selection {
  /** The genotype its selector read off. */
  readonly genotype: Fields;
  /** Distribution over the space and artifact of measured accuracies, where the campaign asks for two-stage evaluation. */
  readonly assessment: Fields | undefined;
}

/**
 * The selection of a member whose search has succeeded; searches shared by several selectors hold one genotype for each. Throws if the searcher did not
 * keep to its contract.
 */
export function selectionOf({ selector }: MemberKey, { search }: MemberState): Selection {
  const result = search?.result;
  const genotype = selector === undefined ? fields(result?.genotype) : selectedGenotype(result?.selections, selector);
  if (genotype === undefined) {
    const missing = selector === undefined ? 'genotype' : `genotype selected by ${selector}`;
    throw new Error(`Run ${search?.id} succeeded, but its result has no ${missing}.`);
  }
  return { genotype, assessment: fields(result?.assessment) };
}

function selectedGenotype(selections: unknown, selector: string): Fields | undefined {
  const list: readonly unknown[] = Array.isArray(selections) ? selections : [];
  return fields(list.map(fields).find((selection) => selection?.selector === selector)?.genotype);
}

function fields(value: unknown): Fields | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : undefined;
}
