export { BenchmarkError, type BenchmarkErrorCode } from './errors.js';
export type { Cost, Metric, TabularBenchmark } from './tabular/benchmark.js';
export type { DataFile } from './tabular/data-file.js';
export { loadNasBench201, NAS_BENCH_201_FILES, readNasBench201 } from './tabular/nas-bench-201.js';
export { loadNasBenchMacro, NAS_BENCH_MACRO_FILE, readNasBenchMacro } from './tabular/nas-bench-macro.js';
