import { DataError, describeFault } from './error.js';
import { type LocateOptions, locateDataset } from './locate.js';

/** One fault of a field of a spec. */
interface SpecFault {
  readonly path: string;
  readonly found: string;
  readonly allowed: string;
  readonly message: string;
}

/** What is wrong with the data set a spec names as `data.name`; undefined if it is there, and where the spec names none. */
export function specDatasetFault(spec: unknown, options: LocateOptions = {}): SpecFault | undefined {
  const name = field(field(spec, 'data'), 'name');
  const message = typeof name === 'string' ? datasetFault(name, options) : undefined;
  return message === undefined ? undefined : { path: 'data.name', found: String(name), allowed: '', message };
}

function field(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
}

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
