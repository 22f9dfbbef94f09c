import type { TabularName } from '@oneshot/benchmarks';
import type { NamedData, SpecData } from '@oneshot/data';

/** What the reader of campaigns asks of its surroundings. */
export interface ReadCampaignOptions {
  /** Finds the data set of a benchmark, and the digest of what it holds. */
  readonly identifyData: <Data extends NamedData>(data: Data, path: string) => Promise<SpecData<Data>>;
  /** Says what hinders the tabular benchmark of that name from being read; undefined: nothing. */
  readonly tabularFault: (name: TabularName) => string | undefined;
}
