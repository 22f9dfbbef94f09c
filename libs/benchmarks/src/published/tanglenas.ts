import type { PublishedTable } from './table.js';
import { TANGLENAS_APPENDIX } from './tanglenas-appendix.js';
import { TANGLENAS_MAIN } from './tanglenas-main.js';

/** Tables 1 to 15 of TangleNAS; the later ones describe spaces and configurations. */
export const TANGLENAS_TABLES: readonly PublishedTable[] = [...TANGLENAS_MAIN, ...TANGLENAS_APPENDIX];
