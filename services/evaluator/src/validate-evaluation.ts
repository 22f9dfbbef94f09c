import { identifySpecData, type LocateOptions, writtenData } from '@oneshot/data';
import { digestText, type SpecValidation } from '@oneshot/jobs';
import { canonicalDigest, faultsOf } from '@oneshot/nas';
import type { FieldFault } from '@oneshot/service-kit';
import { dataSpec } from '@oneshot/training';
import { z } from 'zod';
import { type FoundRule, imageRuleFor, isImageFolder, type ModelRegistry } from './model-files.js';

const evaluationSchema = z.strictObject({
  /** A model of the registry; or, instead, `onnx`. */
  modelId: digestText.optional(),
  /** Digest of an ONNX file in the registry. */
  onnx: digestText.optional(),
  /**
   * How a folder of images is read follows from what the model takes; what is written here counts
   * before that.
   */
  data: dataSpec
    .pick({ name: true, digest: true, imageSize: true, resize: true, enlarge: true, skipUnreadable: true })
    .extend({ channels: z.literal([1, 3]).optional() }),
  /** Which part of the data set is scored. Default `test`. */
  split: z.enum(['train', 'test']).default('test'),
  /** Images per call of onnxruntime. Default 250. */
  batch: z.int().min(1).max(10_000).default(250),
  /**
   * Names of the model's outputs, in their order. Default: what the file says of itself; without
   * any, the classes of the data in their order.
   */
  classes: z.array(z.string().min(1).max(1000)).min(2).max(100_000).exactOptional(),
  /**
   * What the model takes for pixels. Default: what the file says of itself; needed for files from
   * elsewhere.
   */
  pixels: z
    .strictObject({
      range: z.enum(['raw', 'unit']),
      mean: z.array(z.number()).min(1).exactOptional(),
      std: z.array(z.number().positive()).min(1).exactOptional(),
    })
    .exactOptional(),
  /** What the model gives. Default: seen from its first scores. */
  outputs: z.enum(['logits', 'probabilities']).exactOptional(),
  /** onnxruntime's execution provider. Default `cpu`. */
  provider: z.string().min(1).exactOptional(),
  /**
   * Batch sizes and numbers of threads that latency is measured for, besides single images.
   * Default: none.
   */
  latency: z
    .strictObject({
      batches: z.array(z.int().min(1).max(10_000)).min(1).max(16),
      threads: z.array(z.int().min(1).max(256)).min(1).max(16),
    })
    .exactOptional(),
});

/** An evaluation with every default filled in; plain JSON. */
export type EvaluationSpec = z.infer<typeof evaluationSchema>;

/** Reads a spec that was accepted before. */
export function parseEvaluationSpec(spec: unknown): EvaluationSpec {
  return evaluationSchema.parse(spec);
}

/**
 * Checks an evaluation spec and fills it in, with the digest of its data set, which must be found
 * here, and how its images are read; its id is the digest of what comes out.
 *
 * @param registry where models are looked for
 */
export async function validateEvaluation(
  input: unknown,
  registry: ModelRegistry,
  data: LocateOptions = {},
): Promise<SpecValidation> {
  const parsed = evaluationSchema.safeParse(input);
  const faults: FieldFault[] = parsed.success ? [] : faultsOf(parsed.error, input);
  const spec = parsed.data;
  if (spec !== undefined && (spec.modelId === undefined) === (spec.onnx === undefined)) {
    faults.push(fault('modelId', 'give either modelId or onnx'));
  }
  if (spec?.classes !== undefined) faults.push(...(await classFaults(spec.classes)));
  if (spec?.provider !== undefined) faults.push(...(await providerFaults(spec.provider)));
  const found = spec === undefined || faults.length > 0 ? noRule : await ruleOf(spec, registry, data);
  if (!found.ok) return { ok: false, faults: [found.fault] };
  const named = spec === undefined ? writtenData(input) : { ...found.rule, ...spec.data };
  const identified = named && (await identifySpecData(named, data));
  if (identified?.ok === false) faults.push(identified.fault);
  if (spec === undefined || !identified?.ok || faults.length > 0) return { ok: false, faults };
  const whole = { ...spec, data: identified.data };
  return { ok: true, id: canonicalDigest(whole), spec: whole };
}

const noRule: FoundRule = { ok: true, rule: {} };

/** Data sets of other layouts have one shape. */
async function ruleOf(spec: EvaluationSpec, registry: ModelRegistry, data: LocateOptions): Promise<FoundRule> {
  return isImageFolder(spec.data.name, data) ? imageRuleFor(spec, registry) : noRule;
}

function fault(path: string, message: string): FieldFault {
  return { path, found: '', allowed: '', message };
}

// onnxruntime is loaded only where one of these is asked for: evaluations are done by workers.

async function classFaults(classes: readonly string[]): Promise<FieldFault[]> {
  const { duplicateNames } = await import('@oneshot/onnx');
  const twice = duplicateNames(classes);
  if (twice.length === 0) return [];
  const found = `${twice.map((name) => JSON.stringify(name)).join(', ')} more than once`;
  const allowed = 'a name of its own for each output';
  return [{ path: 'classes', found, allowed, message: `found ${found}, allowed: ${allowed}` }];
}

async function providerFaults(provider: string): Promise<FieldFault[]> {
  const { availableProviders } = await import('@oneshot/onnx');
  const available = availableProviders();
  if (available.includes(provider)) return [];
  const allowed = available.join(', ');
  return [{ path: 'provider', found: provider, allowed, message: `found ${provider}, allowed: ${allowed}` }];
}
