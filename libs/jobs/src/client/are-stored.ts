import type { RegistryServiceService } from '@oneshot/contracts';
import { type CallOptions, Code, type ServiceClient, ServiceError } from '@oneshot/service-kit';

/**
 * Whether the registry has all these artifacts, unharmed; values that are no digests count for
 * nothing. Throws where it cannot say.
 */
export async function areStored(
  registry: Pick<ServiceClient<typeof RegistryServiceService>, 'statArtifact'>,
  digests: readonly unknown[],
  options: Pick<CallOptions, 'signal'> = {},
): Promise<boolean> {
  for (const digest of digests) {
    if (typeof digest !== 'string') continue;
    try {
      await registry.statArtifact({ digest }, options);
    } catch (error) {
      if (error instanceof ServiceError && (error.code === Code.NOT_FOUND || error.code === Code.DATA_LOSS))
        return false;
      throw error;
    }
  }
  return true;
}
