/** The program of a training worker. */
import { workerProgram } from '@oneshot/jobs';

workerProgram('training-worker', new URL('./execute.js', import.meta.url));
