import type { DatasetSurvey } from '@oneshot/data';
import type { Fault } from '@oneshot/nas';
import { dataSize } from './data-size.js';
import { isRecord } from './written.js';

/**
 * What is wrong with a batch that someone asked for, if it is larger than all the images it is
 * drawn from.
 */
export function batchFault(written: unknown, survey: DatasetSurvey, kind: 'search' | 'training'): Fault | undefined {
  const spec = isRecord(written) ? written : {};
  const { images } = dataSize(survey, isRecord(spec.data) ? spec.data : {});
  const most = kind === 'search' ? Math.max(1, Math.floor(images / 2)) : images;
  if (typeof spec.batch !== 'number' || spec.batch <= most) return undefined;
  const which = kind === 'search' ? 'the half of the training images that weights learn from' : 'the training images';
  return { path: 'batch', message: `found ${spec.batch}; allowed: 1 to ${most}, ${which}` };
}
