import { randomStream } from '@oneshot/engine';
import { createSpace, type Fault, NasError, pathText, randomGenotype } from '@oneshot/nas';
import { type FieldFault, fieldFaultOf } from '@oneshot/service-kit';
import { parseTrainingSpec, TrainingError, takeFit } from '@oneshot/training';
import { fixedFieldFaults } from './fixed-field-faults.js';
import { type Fields, fieldsOf, listOf } from './loose-fields.js';

/**
 * What is wrong with the retraining settings of a benchmark; asked of the reader of training specs,
 * with some genotype of the space.
 */
export function retrainingFaults(campaign: Fields, benchmark: Fields, position: number): readonly FieldFault[] {
  // Where the space cannot be read, the settings still can.
  const space = isSpace(benchmark.space) ? benchmark.space : 'toy_cell';
  const genotype = randomGenotype(createSpace(space), randomStream(0, 'validation'));
  const own = benchmark.retrain !== undefined;
  const written = listOf(own ? benchmark.retrain : campaign.retrain);
  const sets = written.length > 0 ? written : [{}];
  const network = fieldsOf(benchmark.network);
  const faults: FieldFault[] = [];
  sets.forEach((set, index) => {
    const spec = { ...network, ...fieldsOf(set), space, genotype, data: { name: 'any' } };
    const place = pathText(own ? ['benchmarks', position, 'retrain', index] : ['retrain', index]);
    faults.push(...fixedFieldFaults(set, place, trainingFields));
    for (const fault of trainingFaults(spec)) {
      const { path } = fault;
      const [field = ''] = path.split(/[.[]/);
      const inNetwork = field in network && !(field in fieldsOf(set));
      const at = inNetwork ? pathText(['benchmarks', position, 'network', path]) : `${place}.${path}`;
      faults.push({ ...fieldFaultOf(fault), path: at });
    }
  });
  return faults;
}

/** What a campaign says elsewhere, and a set of hyperparameters therefore may not. */
const trainingFields: Readonly<Record<string, string>> = {
  space: 'space of the benchmark',
  genotype: 'the search',
  data: 'data of the benchmark',
};

function isSpace(value: unknown): boolean {
  try {
    createSpace(value);
    return true;
  } catch (error) {
    if (error instanceof NasError) return false;
    throw error;
  }
}

function trainingFaults(written: Fields): readonly Fault[] {
  const { spec, faults } = takeFit(written);
  try {
    parseTrainingSpec(spec);
    return faults;
  } catch (error) {
    if (error instanceof TrainingError) return [...faults, ...error.faults];
    throw error;
  }
}
