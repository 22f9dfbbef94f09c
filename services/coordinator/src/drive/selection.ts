import type { Run } from '@oneshot/contracts';
import type { MemberKey, Selector } from '../campaign/members.js';
import type { MemberState } from '../reconcile/member-state.js';
import { BrokenResult } from './passing-error.js';

type Fields = Readonly<Record<string, unknown>>;

/** What a member takes from its search. */
export interface Selection {
  /** The genotype its selector read off. */
  readonly genotype: Fields;
  /**
   * Distribution over the space and artifact of measured accuracies, where the campaign asks for
   * two-stage evaluation.
   */
  readonly assessment: Fields | undefined;
}

/**
 * The selection of a member whose search has succeeded; searches shared by several selectors hold
 * one genotype for each. Throws if the searcher did not keep to its contract.
 */
export function selectionOf({ selector }: MemberKey, { search }: MemberState): Selection {
  const result = search?.result;
  const genotype =
    selector === undefined ? fields(result?.genotype) : fields(selectionBy(result?.selections, selector)?.genotype);
  if (genotype === undefined) {
    const missing = selector === undefined ? 'genotype' : `genotype selected by ${selector}`;
    throw new BrokenResult(`Run ${search?.id} succeeded, but its result has no ${missing}.`);
  }
  return { genotype, assessment: fields(result?.assessment) };
}

/**
 * The search as one of its selectors sees it: the genotype of its result is the one that selector
 * read off.
 */
export function searchSeenBy(selector: Selector | undefined, search: Run | undefined): Run | undefined {
  const selection = selector === undefined ? undefined : selectionBy(search?.result?.selections, selector);
  if (search?.result === undefined || selection === undefined) return search;
  const { genotype, genotypeId, notation } = selection;
  return { ...search, result: { ...search.result, genotype, genotypeId, notation } };
}

function selectionBy(selections: unknown, selector: Selector): Fields | undefined {
  const list: readonly unknown[] = Array.isArray(selections) ? selections : [];
  return list.map(fields).find((selection) => selection?.selector === selector);
}

function fields(value: unknown): Fields | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : undefined;
}
