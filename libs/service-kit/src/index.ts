/**
 * Bootstrap of servers and clients: one error, one log line per call, deadlines, retries, graceful
 * shutdown.
 */
export type { CallContext } from './call-context.js';
export { connect } from './client.js';
export type { CallOptions, ClientMethods, ClientOptions, RetryPolicy, ServiceClient } from './client-types.js';
export {
  type Handlers,
  type MethodShape,
  type RequestOf,
  type ResponseOf,
  type ServedService,
  type ServiceShape,
  serve,
} from './handlers.js';
export { checkHealth, waitUntilServing } from './health-check.js';
export { createLogger, type Logger, type LoggerOptions } from './logger.js';
export { decodePageToken, fillPage, type PageSource, pageOf, pageSize } from './paging.js';
export { retrying } from './retry.js';
export { startServer } from './server.js';
export type { RunningServer, ServerOptions } from './server-types.js';
export {
  Code,
  type FailureCode,
  type FieldFault,
  fieldFaultOf,
  invalidArgument,
  notFound,
  ServiceError,
  type ServiceErrorOptions,
} from './service-error.js';
export { errorFromStatus, statusFromError } from './status.js';
export { onTermination, runProgram } from './termination.js';
export { serveWork } from './work/serve-work.js';
export { WorkThreads, type WorkThreadsOptions } from './work/work-threads.js';
