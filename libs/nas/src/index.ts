export { AUXILIARY } from './build/auxiliary.js';
export { type DerivedOptions, derivedNetwork } from './build/derived.js';
export type { NetworkTarget } from './build/frame.js';
export { type ActiveOptions, singlePath } from './build/single-path.js';
export { type SupernetOptions, supernet } from './build/supernet.js';
export { canonicalDigest, canonicalJson } from './canonical-json.js';
export { type Fault, NasError, type NasErrorCode } from './errors.js';
export { genotypeAt, genotypeFromUniform, keepsEveryEdge, optionsOf, spaceSize } from './genotype/enumerate.js';
export {
  canonicalGenotype,
  type Genotype,
  type GenotypeCell,
  type GenotypeEdge,
  genotypeCells,
  genotypeIdentity,
} from './genotype/genotype.js';
export { formatGenotype, parseGenotype } from './genotype/notation.js';
export { randomGenotype } from './genotype/random.js';
export { checkGenotype, genotypeFaults, parseGenotypeJson } from './genotype/validate.js';
export { type Mutation, mutationFaults } from './mutations/mutation.js';
export {
  type BatchStatistics,
  type ForwardOptions,
  type ForwardResult,
  type Mix,
  Network,
} from './network/network.js';
export {
  type BankId,
  type Initialisation,
  type ParameterEntry,
  type ParameterTable,
  parameterCount,
  parameterTable,
} from './network/parameter-table.js';
export type * from './network.js';
export { findMethod, METHOD_NAMES, METHODS, type Method, type MethodName } from './profiles/builtin.js';
export {
  createSampler,
  createSelector,
  type SamplerSpec,
  SELECTOR_NAMES,
  type SelectorName,
} from './profiles/components.js';
export { type ProfileInput, resolveProfile } from './profiles/resolve.js';
export { type Profile, profileSchema } from './profiles/schema.js';
export type { Penalty } from './regularizers/dirichlet-kl.js';
export { createRegularizer, type Regularizer, type RegularizerSpec } from './regularizers/regularizer.js';
export { edgeWeights, edgeWeightValues } from './samplers/edge-weights.js';
export {
  type ArchitectureParameters,
  type Draw,
  type DrawContext,
  mixOf,
  type Sampler,
} from './samplers/sampler.js';
export type { SelectionInput, Selector } from './selectors/selector.js';
export {
  parseSpaceDefinition,
  SPACE_NAMES,
  type SpaceDefinition,
  type SpaceInput,
  type SpaceName,
} from './spaces/definition.js';
export { DARTS_PRIMITIVES, PRIMITIVES, type Primitive } from './spaces/primitives.js';
export { layersOf, type SkeletonSize } from './spaces/skeleton.js';
export {
  type CellTopology,
  type Choice,
  type ChoiceGroup,
  createSpace,
  type GroupName,
  type Space,
} from './spaces/space.js';
export { faultsOf, foundText, pathText } from './zod-faults.js';
