import { type DatasetSurvey, dataRemarks, identifyDataset } from '@oneshot/data';
import type { ServiceOptions } from '../input/common-options.js';
import type { DataOptions } from '../input/data-options.js';
import { dataName, imageRule } from '../input/data-spec.js';
import type { Output } from '../output/output.js';

/**
 * Tells what a data set holds and how its images are read, before anything is done with it. What is
 * wrong with it is told by the service that refuses it.
 */
export async function tellData(options: DataOptions & ServiceOptions, output: Output): Promise<void> {
  const place = options.dataDir === undefined ? {} : { dir: options.dataDir };
  const survey = await identifyDataset(dataName(options.data), { ...place, ...imageRule(options) }).catch(
    () => undefined,
  );
  if (survey === undefined) return;
  output.remark(surveyText(survey));
  for (const remark of dataRemarks(survey)) output.remark(`data: ${remark}`);
}

/** Such as `data: 166 training and 33 test images in 3 classes, grey, 28×28, as all images are`. */
export function surveyText({ image, train, test, classes, folder }: DatasetSurvey): string {
  const shape = folder?.shape ?? `${image.height}×${image.width}`;
  const colour = image.channels === 1 ? 'grey' : 'colour';
  return `data: ${train} training and ${test} test images in ${classes.length} classes, ${colour}, ${shape}`;
}
