/**
 * The wire contract in TypeScript: messages, service definitions and clients, generated from
 * `proto/`.
 */

export { fileDescriptors as healthDescriptors } from './gen/descriptors/health.js';
export { fileDescriptors as contractDescriptors } from './gen/descriptors/oneshot.js';
export * from './gen/google/protobuf/struct.js';
export * from './gen/oneshot/v1/campaign.js';
export * from './gen/oneshot/v1/coordinator.js';
export * from './gen/oneshot/v1/error.js';
export * from './gen/oneshot/v1/evaluator.js';
export * from './gen/oneshot/v1/job.js';
export * from './gen/oneshot/v1/registry.js';
export * from './gen/oneshot/v1/run.js';
export * from './gen/oneshot/v1/searcher.js';
export * from './gen/oneshot/v1/trainer.js';
