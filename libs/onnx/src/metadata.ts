/** What a model says about itself, besides its graph. */
export interface ModelMetadata {
  /** Class names by index of the logit. */
  readonly classes: readonly string[];
  /** The genotype in its JSON form. */
  readonly genotype?: string;
  /** Name and digest of the data set it was trained on. */
  readonly dataset?: { readonly name: string; readonly digest: string };
  /** Identity of the training run. */
  readonly run?: string;
  /**
   * How images of other sizes were brought to that of the model, where it was trained on a folder
   * of images.
   */
  readonly images?: { readonly resize: string; readonly enlarge: boolean };
}

/** Normalisation that the graph itself applies: `(pixel / 255 - mean) / std`, per channel. */
export interface Normalisation {
  readonly mean: readonly number[];
  readonly std: readonly number[];
}

/** How pixels go in; the value of the property `oneshot.input`. */
export const inputConvention = 'NCHW float32, raw pixel values 0-255; normalisation is inside the graph';

/** ONNX metadata properties, all prefixed `oneshot.`. */
export function metadataProperties(metadata: ModelMetadata, normalisation: Normalisation): Record<string, string> {
  const { classes, genotype, dataset, run, images } = metadata;
  return {
    'oneshot.input': inputConvention,
    'oneshot.mean': JSON.stringify(normalisation.mean),
    'oneshot.std': JSON.stringify(normalisation.std),
    'oneshot.classes': JSON.stringify(classes),
    ...(genotype === undefined ? {} : { 'oneshot.genotype': genotype }),
    ...(dataset === undefined ? {} : { 'oneshot.dataset': dataset.name, 'oneshot.dataset_digest': dataset.digest }),
    ...(run === undefined ? {} : { 'oneshot.run': run }),
    ...(images === undefined ? {} : { 'oneshot.images': JSON.stringify(images) }),
  };
}
