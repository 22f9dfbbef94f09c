import type { Genotype } from '@oneshot/nas';

/** A known number about every architecture of a space. */
export interface Metric {
  readonly name: string;
  readonly dataset: string;
  /**
   * Which images it was measured on; `half-train` is named where the source is unclear about it.
   */
  readonly split: 'validation' | 'test' | 'half-train';
  /** Epochs each architecture was trained for. */
  readonly epochs: number;
  /** Number of training runs averaged. */
  readonly runs: number;
}

/** What an architecture costs; depends on the data set by its image size and number of classes. */
export interface Cost {
  readonly parameters: number;
  readonly megaFlops: number;
}

/**
 * Known accuracies of every architecture of a search space. Architectures are numbered 0 … size − 1
 * as in the source; every query by number is an array access. Other benchmarks join by implementing
 * this interface.
 */
export interface TabularBenchmark {
  readonly name: string;
  /** Where the numbers come from, with licence. */
  readonly source: string;
  readonly size: number;
  readonly metrics: readonly Metric[];
  readonly datasets: readonly string[];
  /** Devices with known latency; empty if none. */
  readonly devices: readonly string[];

  /**
   * The number of an architecture, however it is written: edges of a node may come in any order.
   *
   * @throws BenchmarkError `unknown-architecture`; NasError `invalid_genotype` for text that is no
   * genotype
   */
  find(architecture: Genotype | string): number;
  /**
   * The architecture in the benchmark's own notation. @throws BenchmarkError `unknown-architecture`
   */
  notation(architecture: number): string;
  /**
   * The one architecture, of least number, that stands for all those computing the same function.
   * Its numbers differ from theirs only by the noise of training. @throws BenchmarkError
   * `unknown-architecture`
   */
  canonical(architecture: number): number;
  /**
   * All values of a metric, by architecture. Accuracies in percent. @throws BenchmarkError
   * `unknown-metric`
   */
  column(metric: string): Float64Array;
  /** @throws BenchmarkError `unknown-architecture`, `unknown-metric` */
  value(architecture: number, metric: string): number;
  /** @throws BenchmarkError `unknown-architecture`, `unknown-dataset` */
  cost(architecture: number, dataset: string): Cost;
  /**
   * Milliseconds per batch as the device's name says. @throws BenchmarkError
   * `unknown-architecture`, `unknown-device`
   */
  latency(architecture: number, device: string): number;
}
