import { workerProgram } from '@oneshot/jobs';

workerProgram('counting-worker', new URL('./counting-executor.mjs', import.meta.url));
