import type { RegistryServiceService } from '@oneshot/contracts';
import { type ImageRule, type LocateOptions, locateDataset } from '@oneshot/data';
import { readArtifact } from '@oneshot/jobs';
import { Code, type FieldFault, type ServiceClient, ServiceError } from '@oneshot/service-kit';

/** What is asked of the registry. */
export type ModelRegistry = Pick<ServiceClient<typeof RegistryServiceService>, 'getModel' | 'getArtifact'>;

/** What names a model in an evaluation spec: one of the two. */
interface NamedModel {
  readonly modelId?: string | undefined;
  readonly onnx?: string | undefined;
}

/** How a folder of images is read for a model, or why that cannot be told. */
export type FoundRule =
  | { readonly ok: true; readonly rule: ImageRule }
  | { readonly ok: false; readonly fault: FieldFault };

/**
 * Whether a data set is a folder of images, which can be read in any shape. One that is not there
 * is none.
 */
export function isImageFolder(name: string, options: LocateOptions): boolean {
  try {
    return locateDataset(name, options).layout === 'folder';
  } catch {
    return false;
  }
}

/**
 * The image rule that goes with a model of the registry. Errors of the registry other than that the
 * model is not there are passed on.
 */
export async function imageRuleFor({ modelId, onnx }: NamedModel, registry: ModelRegistry): Promise<FoundRule> {
  const { modelImageRule, OnnxError } = await import('@oneshot/onnx');
  const path = modelId === undefined ? 'onnx' : 'modelId';
  const refused = (found: string, allowed: string): FoundRule => ({
    ok: false,
    fault: { path, found, allowed, message: `found ${found}, allowed: ${allowed}` },
  });
  try {
    const digest = onnx ?? (await registry.getModel({ id: modelId ?? '' })).model?.onnx ?? '';
    return { ok: true, rule: modelImageRule(await readArtifact(registry, digest), 'model') };
  } catch (error) {
    if (error instanceof OnnxError) return refused(error.found, error.allowed);
    if (!(error instanceof ServiceError) || error.code !== Code.NOT_FOUND) throw error;
    return refused(modelId ?? onnx ?? '', 'what the registry has');
  }
}
