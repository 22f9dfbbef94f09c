import { tabularFault, tabularQuestion, tabularSpace } from '@oneshot/benchmarks';
import { dataDirectories, type LocateOptions } from '@oneshot/data';
import { digestText, type SpecValidation } from '@oneshot/jobs';
import { canonicalDigest, canonicalGenotype, faultsOf, type Genotype, NasError, parseGenotypeJson } from '@oneshot/nas';
import { type FieldFault, fieldFaultOf } from '@oneshot/service-kit';
import { z } from 'zod';

const edgeProbabilities = z.strictObject({
  group: z.string(),
  node: z.int().min(0),
  from: z.int().min(0),
  probabilities: z.record(z.string(), z.number().min(0).max(1)),
});

const lookupSchema = z.strictObject({
  /** The value of its metric is the evaluation's accuracy. */
  tabular: tabularQuestion,
  /** The architecture asked for; JSON form. */
  genotype: z.unknown(),
  /** What the supernet it comes from knows of its space. */
  assessment: z
    .strictObject({
      /**
       * How likely each operation of each edge is drawn. Absent: edges are not drawn independently.
       */
      sampling: z.array(edgeProbabilities).max(1000).optional(),
      /** Digest of a JSON artifact: accuracies of architectures with inherited weights. */
      accuracies: digestText,
    })
    .optional(),
});

/** A question to a tabular benchmark with every default filled in; plain JSON. */
export interface LookupSpec extends z.infer<typeof lookupSchema> {
  readonly genotype: Genotype;
}

/** Whether a spec is a question to a table rather than the scoring of a model. */
export function isLookup(input: unknown): boolean {
  return typeof input === 'object' && input !== null && 'tabular' in input;
}

/** Reads a spec that was accepted before. */
export function parseLookupSpec(spec: unknown): LookupSpec {
  const parsed = lookupSchema.parse(spec);
  return { ...parsed, genotype: parseGenotypeJson(parsed.genotype) };
}

/** Checks a question to a table and fills it in; the table's files must be found here. */
export function validateLookup(input: unknown, data: LocateOptions = {}): SpecValidation {
  const parsed = lookupSchema.safeParse(input);
  const faults: FieldFault[] = parsed.success ? [] : faultsOf(parsed.error, input);
  const genotype = readGenotype(input, faults);
  const spec = parsed.data;
  if (spec !== undefined) {
    const { benchmark } = spec.tabular;
    const trouble = tabularFault(benchmark, dataDirectories(data));
    if (trouble !== undefined)
      faults.push({ path: 'tabular.benchmark', found: benchmark, allowed: '', message: trouble });
    const space = tabularSpace(benchmark);
    if (genotype !== undefined && genotype.space !== space) {
      const message = `found a genotype of ${genotype.space}; ${benchmark} knows ${space}`;
      faults.push({ path: 'genotype.space', found: genotype.space, allowed: space, message });
    }
  }
  if (spec === undefined || genotype === undefined || faults.length > 0) return { ok: false, faults };
  const filled = { ...spec, genotype: canonicalGenotype(genotype) };
  return { ok: true, id: canonicalDigest(filled), spec: { ...filled } };
}

function readGenotype(input: unknown, faults: FieldFault[]): Genotype | undefined {
  const written: unknown =
    typeof input === 'object' && input !== null && 'genotype' in input ? input.genotype : undefined;
  try {
    return parseGenotypeJson(written);
  } catch (error) {
    if (!(error instanceof NasError)) throw error;
    faults.push(...error.faults.map((fault) => ({ ...fieldFaultOf(fault), path: `genotype.${fault.path}` })));
    return undefined;
  }
}
