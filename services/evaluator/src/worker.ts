/** The program of an evaluation worker. */
import { workerProgram } from '@oneshot/jobs';

workerProgram('evaluation-worker', new URL('./execute.js', import.meta.url));
