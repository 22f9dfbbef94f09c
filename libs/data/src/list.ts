import { catalogue } from './catalogue.js';
import { DataError } from './error.js';
import { type Located, type LocateOptions, locateDataset } from './locate.js';

/** One line of the list of known data sets. */
export interface DatasetSummary {
  readonly name: string;
  readonly title: string;
  readonly licence: string;
  /** Directory it would be read from; null when it is not on this machine. */
  readonly directory: string | null;
  /** Whether `getDataset` can fetch it. */
  readonly fetchable: boolean;
}

/** The data sets known by name, and where each lies on this machine. */
export function listDatasets(options: LocateOptions = {}): DatasetSummary[] {
  return catalogue.map(({ name, title, licence, origin }) => {
    const located = locate(name, options);
    return {
      name,
      title,
      licence,
      directory: located?.directory ?? null,
      fetchable: origin !== undefined,
    };
  });
}

function locate(name: string, options: LocateOptions): Located | undefined {
  try {
    return locateDataset(name, options);
  } catch (error) {
    const [fault] = error instanceof DataError ? error.faults : [];
    if (fault?.code === 'not_found' && fault.field === name) return undefined;
    throw error;
  }
}
