/** The composition of all services, for programs and tests that need what the command has. */
export { type Embedded, type EmbeddedOptions, startEmbedded } from './compose/embedded.js';
export { type ServeOptions, type Serving, serveService } from './compose/serve.js';
export { type ServeWorkerOptions, serveWorker } from './compose/serve-worker.js';
export { ExitCode } from './exit-codes.js';
