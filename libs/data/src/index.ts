export type { Augmentation } from './augment.js';
export { type Batch, Batches, type BatchesOptions } from './batches.js';
export { type CatalogueEntry, catalogue, type DatasetLayout, type Origin, type PublishedFile } from './catalogue.js';
export { checkDataset, type DatasetCheck, type DatasetContents } from './check.js';
export { type ClassCount, countPerClass, guessingAccuracy } from './class-counts.js';
export type { Dataset, DatasetPart, FolderSummary, ImageShape } from './dataset.js';
export { DataError, type DataFault, type DataFaultCode, describeFault } from './error.js';
export type { SizeCount } from './folder/common-shape.js';
export { type ImageRule, type ImageSize, imageRuleOf, type Resize, resizes } from './folder/image-rule.js';
export type { DownloadOptions } from './get/download.js';
export { type GetOptions, type GetResult, getDataset } from './get/get-dataset.js';
export { identifyDataset } from './identity/identify-dataset.js';
export {
  identifySpecData,
  type NamedData,
  type SpecData,
  type SpecDataFault,
  type SurveyedSpecData,
  writtenData,
} from './identity/spec-data.js';
export { type DatasetSummary, listDatasets } from './list.js';
export { dataDirectories, type Located, type LocateOptions, locateDataset, userDataDirectory } from './locate.js';
export { type OpenOptions, openDataset } from './open.js';
export { openExpected } from './open-expected.js';
export { dataRemarks } from './remarks.js';
export { type Split, type SplitOptions, splitHalf } from './split.js';
export type { DatasetSurvey } from './survey.js';
