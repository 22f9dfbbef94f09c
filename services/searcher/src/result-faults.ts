import { digestText, type JsonObject } from '@oneshot/jobs';
import { checkGenotype, createSpace, faultsOf, genotypeIdentity, NasError, parseGenotypeJson } from '@oneshot/nas';
import { type FieldFault, fieldFaultOf } from '@oneshot/service-kit';
import { parseSearchSpec, type SearchSpec } from '@oneshot/training';
import { z } from 'zod';

const selected = z.looseObject({ genotypeId: digestText, genotype: z.unknown(), notation: z.string().min(1) });

type Selected = z.infer<typeof selected>;

/** One too large for a number is no fault of the result. */
const loss = z.custom<number | null>((value) => value === null || typeof value === 'number', 'allowed: a number');

const schema = selected.extend({
  selections: z.array(selected.extend({ selector: z.string() })).optional(),
  assessment: z.looseObject({ sampling: z.array(z.unknown()).optional(), accuracies: digestText }).optional(),
  stopped: z.string().optional(),
  epochs: z.int().min(1).optional(),
  validationLoss: loss,
  weightsDigest: digestText.nullable(),
  dataDigest: digestText,
  splitDigest: digestText.nullable(),
  parameters: z.int().min(0),
  history: digestText,
  checkpoint: digestText.nullable(),
  seconds: z.number().min(0),
});

/**
 * Everything in which a result is not that of a search with this spec. Fields this does not know
 * are let through.
 */
export function searchResultFaults(result: JsonObject, input: JsonObject): readonly FieldFault[] {
  const parsed = schema.safeParse(result);
  if (!parsed.success) return faultsOf(parsed.error, result);
  const spec = parseSearchSpec(input);
  const { selections = [], assessment } = parsed.data;
  return [
    ...genotypeFaults(spec, parsed.data, ''),
    ...selections.flatMap((selection, index) => genotypeFaults(spec, selection, `selections[${index}].`)),
    ...missing(
      'selections',
      (spec.selectors ?? []).map(({ name }) => name),
      selections.map(({ selector }) => selector),
    ),
    ...(spec.assess !== undefined && assessment === undefined ? missing('assessment', ['an assessment'], []) : []),
  ];
}

function genotypeFaults({ space }: SearchSpec, { genotype, genotypeId }: Selected, at: string): readonly FieldFault[] {
  try {
    const read = parseGenotypeJson(genotype);
    checkGenotype(createSpace(space), read);
    const identity = genotypeIdentity(read);
    if (identity === genotypeId) return [];
    return [fault(`${at}genotypeId`, genotypeId, `the digest of the genotype, ${identity}`)];
  } catch (error) {
    if (!(error instanceof NasError)) throw error;
    return error.faults.map((each) => ({ ...fieldFaultOf(each), path: `${at}${each.path}` }));
  }
}

/** What the spec asks for and the result does not have. */
function missing(path: string, wanted: readonly string[], found: readonly string[]): readonly FieldFault[] {
  return wanted.filter((name) => !found.includes(name)).map((name) => fault(path, found.join(', '), name));
}

function fault(path: string, found: string, allowed: string): FieldFault {
  return { path, found, allowed, message: `found ${found || 'nothing'}; allowed: ${allowed}` };
}
