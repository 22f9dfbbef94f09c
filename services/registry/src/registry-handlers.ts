import { artifactHandlers } from './handlers/artifacts.js';
import { cleaningHandlers } from './handlers/clean-artifacts.js';
import { genotypeHandlers } from './handlers/genotypes.js';
import { lineageHandlers } from './handlers/lineage.js';
import { metricHandlers } from './handlers/metrics.js';
import { modelHandlers } from './handlers/models.js';
import type { RegistryHandlers, RegistryParts } from './handlers/registry-parts.js';
import { scoreHandlers } from './handlers/scores.js';

/** Every method of the registry. */
export function registryHandlers(parts: RegistryParts): RegistryHandlers {
  return {
    ...artifactHandlers(parts),
    ...cleaningHandlers(parts),
    ...genotypeHandlers(parts),
    ...modelHandlers(parts),
    ...metricHandlers(parts),
    ...scoreHandlers(parts),
    ...lineageHandlers(parts),
  };
}
