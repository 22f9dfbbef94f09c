import { type Fault, loadSpaceModule, NasError } from '@oneshot/nas';

/** A spec whose space can be read, and what hinders that. */
export interface LoadedSpace {
  readonly spec: unknown;
  readonly faults: readonly Fault[];
}

/**
 * A spec of a search or training, or a benchmark of a campaign, as users write it: if its space is
 * a module, that is loaded into this thread, and its digest is filled in. The one of a module that
 * cannot be loaded is left out.
 */
export async function withLoadedSpace(input: unknown, root = 'space'): Promise<LoadedSpace> {
  if (typeof input !== 'object' || input === null || !('space' in input)) return { spec: input, faults: [] };
  try {
    const space = await loadSpaceModule(input.space, root);
    return { spec: space === input.space ? input : { ...input, space }, faults: [] };
  } catch (error) {
    if (!(error instanceof NasError)) throw error;
    return { spec: input, faults: error.faults };
  }
}
