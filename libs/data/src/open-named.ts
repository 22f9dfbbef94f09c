import type { Dataset } from './dataset.js';
import { DataError, type DataFault, isSystemError } from './error.js';
import { locateDataset } from './locate.js';
import { type OpenOptions, openDataset } from './open.js';

/**
 * Reads a data set like `openDataset`; faults of its files are told below its name, not below its
 * place on this machine.
 */
export async function openNamed(name: string, options: OpenOptions = {}): Promise<Dataset> {
  const { directory } = locateDataset(name, options);
  try {
    return await openDataset(name, options);
  } catch (error) {
    if (isSystemError(error)) {
      const found = `files that cannot be read (${error.code})`;
      throw new DataError({ code: 'not_readable', field: name, found, allowed: 'files that the process may read' });
    }
    if (!(error instanceof DataError)) throw error;
    const placeless = (text: string): string => text.replaceAll(directory, name);
    const retold = ({ code, field, found, allowed }: DataFault): DataFault => ({
      code,
      field: placeless(field),
      found: placeless(found),
      allowed: placeless(allowed),
    });
    const [first, ...more] = error.faults;
    throw new DataError(retold(first), ...more.map(retold));
  }
}
