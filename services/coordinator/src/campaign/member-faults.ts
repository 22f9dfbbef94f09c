import { setImmediate } from 'node:timers/promises';
import { type Fault, foundText, pathText } from '@oneshot/nas';
import { type FieldFault, fieldFaultOf } from '@oneshot/service-kit';
import { parseSearchSpec, TrainingError, takeFit } from '@oneshot/training';
import { fixedFieldFaults } from './fixed-field-faults.js';
import { type Fields, fieldsOf, listOf } from './loose-fields.js';
import { retrainingFaults } from './retraining-faults.js';

/**
 * What is wrong with the searches and retrainings a campaign would make, as far as its parts can be
 * read; parts that cannot be are told of by the campaign's schema.
 */
export async function memberFaults(input: unknown): Promise<readonly FieldFault[]> {
  const campaign = fieldsOf(input);
  const methods = listOf(campaign.methods);
  const benchmarks = listOf(campaign.benchmarks);
  // What all benchmarks share is read even where none uses it.
  const faults: FieldFault[] = [...retrainingFaults({ retrain: campaign.retrain }, {}, 0)];
  for (const [position, written] of benchmarks.entries()) {
    // Others are served between two benchmarks.
    await setImmediate();
    const benchmark = fieldsOf(written);
    faults.push(...fixedFieldFaults(benchmark.search, pathText(['benchmarks', position, 'search']), searchFields));
    faults.push(...halfFaults(benchmark, position), ...retrainingFaults(campaign, benchmark, position));
    // A campaign without methods still gets its benchmarks read.
    const profiles = methods.length > 0 ? methods : ['darts'];
    profiles.forEach((method, at) => {
      for (const fault of searchFaults(method, benchmark)) {
        faults.push({ ...fieldFaultOf(fault), path: campaignPath(fault.path, method, at, position) });
      }
    });
  }
  return faults;
}

/** What a campaign says elsewhere, and a search therefore may not. */
const searchFields: Readonly<Record<string, string>> = {
  space: 'space of the benchmark',
  profile: 'methods of the campaign',
  data: 'data of the benchmark',
  seed: 'seeds of the campaign',
  selectors: 'selectors of the campaign',
  assess: 'twoStage of the campaign',
};

function halfFaults({ data, disjoint }: Fields, position: number): readonly FieldFault[] {
  const { half } = fieldsOf(data);
  if (half === undefined || disjoint !== true) return [];
  const message = 'disjoint searches on the first half and retrains on the second; leave one of both out';
  return [{ path: pathText(['benchmarks', position, 'data', 'half']), found: foundText(half), allowed: '', message }];
}

function searchFaults(method: unknown, benchmark: Fields): readonly Fault[] {
  const profile = typeof method === 'string' ? method : fieldsOf(method).profile;
  const data = typeof benchmark.data === 'string' ? { name: benchmark.data } : benchmark.data;
  const { spec, faults } = takeFit({ ...fieldsOf(benchmark.search), space: benchmark.space, profile, data });
  try {
    parseSearchSpec(spec);
    return faults;
  } catch (error) {
    if (error instanceof TrainingError) return [...faults, ...error.faults];
    throw error;
  }
}

/** Where the campaign says what a search spec has at `path`. */
function campaignPath(path: string, method: unknown, at: number, position: number): string {
  const [field = ''] = path.split(/[.[]/);
  const rest = path.slice(field.length);
  switch (field) {
    case 'space':
    case 'data':
      return `${pathText(['benchmarks', position, field])}${rest}`;
    case 'profile':
      if (typeof method === 'string') return pathText(['methods', at]);
      return `${pathText(['methods', at, 'profile'])}${typeof fieldsOf(method).profile === 'string' ? '' : rest}`;
    default:
      return pathText(['benchmarks', position, 'search', path]);
  }
}
