import { fileURLToPath } from 'node:url';

/** The folder of the `.proto` files, as an absolute path; what server reflection is built from. */
export const protoDirectory = fileURLToPath(new URL('../../../proto', import.meta.url));

/** Every `.proto` file that describes a service, relative to `protoDirectory`. */
export const protoFiles = [
  'oneshot/v1/coordinator.proto',
  'oneshot/v1/error.proto',
  'oneshot/v1/evaluator.proto',
  'oneshot/v1/job.proto',
  'oneshot/v1/registry.proto',
  'oneshot/v1/run.proto',
  'oneshot/v1/searcher.proto',
  'oneshot/v1/trainer.proto',
] as const;
