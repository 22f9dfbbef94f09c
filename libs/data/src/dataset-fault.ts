import { DataError, describeFault } from './error.js';
import { type LocateOptions, locateDataset } from './locate.js';

/** Why no data set of that name can be opened here, in a sentence; undefined if it is there. Reads no images. */
export function datasetFault(name: string, options: LocateOptions = {}): string | undefined {
  try {
    locateDataset(name, options);
    return undefined;
  } catch (error) {
    if (error instanceof DataError) return error.faults.map(describeFault).join('; ');
    throw error;
  }
}
