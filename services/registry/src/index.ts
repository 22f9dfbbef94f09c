/** The registry: genotypes, models, artifacts, metrics, lineage. */
export { type RegistryOptions, startRegistry } from './start-registry.js';
