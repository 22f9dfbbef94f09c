/** The program of a search worker. */
import { workerProgram } from '@oneshot/jobs';

workerProgram('search-worker', new URL('./execute.js', import.meta.url));
