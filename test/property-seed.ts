/**
 * Property tests draw the same examples in every run, so that a failure is one for everybody;
 * FAST_CHECK_SEED=N looks elsewhere.
 */
import { configureGlobal } from 'fast-check';

configureGlobal({ seed: Number(process.env.FAST_CHECK_SEED ?? 1) });
