import { listDatasets } from '@oneshot/data';
import { failureFrom } from '../failure-from.js';
import type { Finding } from './finding.js';

/** Which data sets are on this machine. */
export function datasetFinding(directories: readonly string[] | undefined): Finding {
  const what = 'data sets';
  try {
    const datasets = listDatasets(directories === undefined ? {} : { dir: directories });
    const here = datasets.filter(({ directory }) => directory !== null).map(({ name }) => name);
    const missing = datasets
      .filter((dataset) => dataset.fetchable && !here.includes(dataset.name))
      .map(({ name }) => name);
    const advice = missing.length === 0 ? {} : { advice: `To fetch more: oneshot data get ${missing.join('|')}` };
    return { what, found: here.join(', ') || 'none', state: here.length > 0 ? 'well' : 'problem', ...advice };
  } catch (error) {
    const failure = failureFrom(error);
    const [fault] = failure.faults;
    return {
      what,
      found: fault === undefined ? failure.message : `${fault.path}: ${fault.found}`,
      state: 'problem',
      advice: `Allowed: ${fault?.allowed ?? 'a data folder'}.`,
    };
  }
}
