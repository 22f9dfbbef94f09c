export type { Architect, ArchitectInput, Pass } from './architects/architect.js';
export { type ArchitectPart, architects, defineArchitect } from './architects/registry.js';
export { AUXILIARY } from './build/auxiliary.js';
export type { Builder, Dimensions, Picked } from './build/builder.js';
export { type DerivedOptions, derivedNetwork } from './build/derived.js';
export type { Selection } from './build/selection.js';
export type { Value, ValueShape } from './build/value.js';
export { canonicalDigest, canonicalJson } from './canonical-json.js';
export { type Fault, NasError, type NasErrorCode } from './errors.js';
export { architectureCount } from './genotype/architecture-count.js';
export {
  ArchitectureDistribution,
  type OptionWeights,
  type Picks,
  uniformDistribution,
} from './genotype/distribution.js';
export {
  type ActiveOptions,
  decidesEveryChoice,
  decidingSpaces,
  genotypeAt,
  optionsOf,
  spaceSize,
  takesOneOption,
} from './genotype/enumerate.js';
export {
  type CellGenotype,
  canonicalGenotype,
  type Genotype,
  type GenotypeCell,
  type GenotypeEdge,
  genotypeCells,
  genotypeIdentity,
  hasCells,
  type PickGenotype,
} from './genotype/genotype.js';
export { formatGenotype, parseGenotype } from './genotype/notation.js';
export { type PublishedArchitecture, publishedArchitectures } from './genotype/published.js';
export { choicesByNode, randomGenotype } from './genotype/random.js';
export { genotypeOf, selectionOf } from './genotype/selection-of.js';
export { cellInputs, checkGenotype, genotypeFaults, parseGenotypeJson, usualTopology } from './genotype/validate.js';
export { defineMethod, findMethod, type Method, methodNames } from './methods/registry.js';
export { loadSpaceModule } from './modules/load-module.js';
export type { ModuleApi } from './modules/module-api.js';
export { spaceFolderVariable } from './modules/module-file.js';
export { coefficientsOf, type Mutation, mutationFaults } from './mutations/mutation.js';
export { defineMutation, type MutationPart } from './mutations/registry.js';
export { blockShape, valueShape } from './network/block-shape.js';
export { architectureCost, type NetworkCost, nasBench201Flops, networkCost } from './network/cost.js';
export { type CostMeasure, ExpectedCost, type LinearCost } from './network/cost-table.js';
export {
  type ForwardOptions,
  type ForwardResult,
  type Mix,
  Network,
  type PlaceStream,
} from './network/network.js';
export {
  type BankId,
  type ParameterEntry,
  type ParameterTable,
  parameterCount,
  parameterTable,
} from './network/parameter-table.js';
export type { BatchStatistics } from './network/running-statistics.js';
export type * from './network.js';
export type { OnnxCall, OnnxGraph, Operation, OperationOptions } from './operations/operation.js';
export { defineOperation, operationNames, operationOf } from './operations/table.js';
export { createOptimizer, momentsOf, type Optimized, USUAL_OPTIMIZER, weightsSchema } from './optimizers/optimizer.js';
export type { OptimizerSpec, WeightsSpec } from './optimizers/optimizer-spec.js';
export { defineOptimizer, type OptimizerPart } from './optimizers/registry.js';
export type { PartSpec } from './parts/part-spec.js';
export { type OptionsOf, type OptionsShape, type Part, Parts, placed, type Remembering } from './parts/parts.js';
export type { ArchitectureSpec, Profile } from './parts/profile.js';
export type { ProfilePart } from './parts/profile-part.js';
export type { Perturbation, PerturbationInput, WeightsByGroup } from './perturbations/perturbation.js';
export { definePerturbation, type PerturbationPart, perturbations } from './perturbations/registry.js';
export { PRECISIONS, plainPrecision, precisionFaults } from './profiles/precision.js';
export { type ProfileInput, profileFaults, resolveProfile } from './profiles/resolve.js';
export { profileSchema } from './profiles/schema.js';
export { defineRegularizer, type RegularizerPart, regularizers } from './regularizers/registry.js';
export { differentiated, type Penalty, type PenaltyInput, type Regularizer } from './regularizers/regularizer.js';
export { edgeWeights, edgeWeightValues } from './samplers/edge-weights.js';
export { defineSampler, type SamplerPart, samplers } from './samplers/registry.js';
export {
  type ArchitectureParameters,
  type Draw,
  type DrawContext,
  drawsPerStep,
  hardWeights,
  mixOf,
  type Sampler,
} from './samplers/sampler.js';
export { learningRateFaults, learningRateFields, learningRateOf } from './schedules/learning-rate.js';
export type { LearningRateSpec, WarmUp } from './schedules/learning-rate-spec.js';
export { defineSchedule, type SchedulePart } from './schedules/registry.js';
export { finalSelectors } from './selectors/final-selectors.js';
export { defineSelector, type Selector, selectors } from './selectors/registry.js';
export type { SelectionInput } from './selectors/selector.js';
export type { Choice, ChoiceDeclaration, ChoiceGroup, EdgeSite } from './spaces/choice.js';
export { DARTS_PRIMITIVES } from './spaces/darts.js';
export { parseSpaceDefinition, SPACE_NAMES, type SpaceInput } from './spaces/definition.js';
export { EDGE_OPERATIONS } from './spaces/edge-operations.js';
export { defineSpace, findSpace } from './spaces/registry.js';
export type { CellTopology, NetworkSize, SearchSpace, SpaceDefinition } from './spaces/search-space.js';
export { createSpace, dropsPaths, resizedSpace, type Space } from './spaces/space.js';
export { defineStop, type StopPart, stops } from './stops/registry.js';
export type { EpochSeen, Stop, StopInput } from './stops/stop.js';
export { type Supernet, type SupernetOptions, supernet } from './supernet.js';
export { faultsOf, foundText, pathText } from './zod-faults.js';
