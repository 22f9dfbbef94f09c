/** The registry: genotypes, models, artifacts, metrics, scores, lineage. */
export { type RegistryOptions, startRegistry } from './start-registry.js';
