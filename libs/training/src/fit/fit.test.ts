import type { DatasetSurvey } from '@oneshot/data';
import { describe, expect, it } from 'vitest';
import { parseSearchSpec } from '../spec/search-spec.js';
import { parseTrainingSpec } from '../spec/training-spec.js';
import { batchFault } from './batch-fault.js';
import { fitSearch } from './fit-search.js';
import { fitTraining } from './fit-training.js';

const survey = (train: number, height: number, width = height): DatasetSurvey => ({
  digest: '',
  image: { height, width, channels: 3 },
  train,
  test: 10,
  classes: [],
  mirrorKeepsClass: true,
});
const search = { space: 'toy_cell', profile: 'darts', data: { name: 'mine' } };
const genotype =
  "Genotype(normal=[('dil_conv_3x3', 0), ('dil_conv_5x5', 0), ('sep_conv_3x3', 1)], normal_concat=range(1, 3), reduce=[('sep_conv_3x3', 0), ('sep_conv_5x5', 0), ('dil_conv_3x3', 1)], reduce_concat=range(1, 3))";
const training = { space: 'toy_cell', genotype, data: { name: 'mine' } };

describe('settings fitted to a data set', () => {
  it.each([
    [50, 8, 100],
    [166, 16, 91],
    [830, 64, 77],
    [2100, 64, 30],
    [50_000, 64, 15],
  ])('retrain on %i images in batches of %i for %i epochs', (images, batch, epochs) => {
    const spec = parseTrainingSpec(fitTraining(training, survey(images, 32)));
    expect([spec.batch, spec.epochs]).toEqual([batch, epochs]);
    expect(spec).toMatchObject({ dropPath: 0, augment: { crop: 4, cutout: 0 }, normImages: 1024 });
    expect(epochs * Math.ceil(images / batch)).toBeGreaterThanOrEqual(700);
  });

  it('search with a width, epochs and a rate of α that follow from the images', () => {
    const few = parseSearchSpec(fitSearch(search, survey(166, 28)));
    expect(few).toMatchObject({ space: { channels: 16 }, profile: { batch: 8, epochs: 27 } });
    expect(few.profile.architecture.learningRate).toBeCloseTo(0.02, 6);
    const many = parseSearchSpec(fitSearch(search, survey(50_000, 32)));
    expect(many).toMatchObject({ space: { channels: 8 }, profile: { batch: 64, epochs: 5 } });
    expect(many.profile.augment.crop).toBe(4);
  });

  it('take the rate of a method with large batches back to the batch that fits', () => {
    const { batch, weights } = parseSearchSpec(fitSearch({ ...search, profile: 'spos' }, survey(2100, 32))).profile;
    // 0.5 at a batch of 1,024.
    expect([batch, weights.learningRate.from]).toEqual([64, 0.031]);
    const written = { method: 'spos', weights: { learningRate: { from: 0.2 } } };
    const kept = parseSearchSpec(fitSearch({ ...search, profile: written }, survey(2100, 32))).profile;
    expect(kept.weights.learningRate.from).toBe(0.2);
    const darts = parseSearchSpec(fitSearch(search, survey(166, 28))).profile;
    expect(darts.weights.learningRate.from).toBe(0.025);
  });

  it('give another optimizer no rate that was fitted to the usual one, and a rate that stays no steps to fall by', () => {
    const steady = { optimizer: 'adamw', learningRate: { schedule: 'constant', from: 1e-3 } };
    const { weights } = parseTrainingSpec(fitTraining({ ...training, weights: steady }, survey(166, 28)));
    expect(weights).toMatchObject(steady);
    const unsaid = fitTraining({ ...training, weights: { optimizer: 'adamw' } }, survey(166, 28));
    expect(() => parseTrainingSpec(unsaid)).toThrow('weights.learningRate.from: found nothing; allowed: a number');
    const profile = { method: 'darts', weights: steady, architecture: { optimizer: 'sgd', learningRate: 0.5 } };
    const searched = parseSearchSpec(fitSearch({ ...search, profile }, survey(166, 28)));
    expect(searched.profile.weights).toMatchObject(steady);
    expect(searched.profile.architecture.learningRate).toBe(0.5);
  });

  it('suit images too small for the field’s own', () => {
    const spec = parseTrainingSpec(fitTraining(training, survey(100, 9, 20)));
    expect(spec.augment).toMatchObject({ crop: 1, cutout: 0 });
  });

  it('mirror no images that mirrored look like other classes', () => {
    const handed = { ...survey(166, 32), mirrorKeepsClass: false };
    expect(parseTrainingSpec(fitTraining(training, handed)).augment.flip).toBe(false);
    expect(parseSearchSpec(fitSearch(search, handed)).profile.augment.flip).toBe(false);
    expect(parseTrainingSpec(fitTraining(training, survey(166, 32))).augment.flip).toBe(true);
  });

  it('leave alone what is written', () => {
    const written = {
      ...training,
      batch: 5,
      augment: { flip: false, cutout: 2 },
      weights: { learningRate: { from: 1 } },
    };
    expect(parseTrainingSpec(fitTraining(written, survey(166, 32)))).toMatchObject({
      batch: 5,
      augment: { flip: false, cutout: 2, crop: 4 },
      weights: { learningRate: { from: 1, to: 0, every: 'step' } },
    });
    const mine = { method: 'gdas', architecture: { learningRate: 0.5 } };
    const spec = fitSearch(
      { ...search, space: { name: 'darts', channels: 5 }, profile: mine, epochs: 3 },
      survey(166, 32),
    );
    expect(parseSearchSpec(spec)).toMatchObject({
      space: { channels: 5 },
      profile: { epochs: 3, architecture: { learningRate: 0.5 } },
    });
    expect(parseSearchSpec(fitSearch({ ...search, profile: 'random' }, survey(166, 32))).profile.epochs).toBe(0);
  });

  it('count only the images that a run uses', () => {
    const data = { name: 'mine', trainImages: 100, half: 'first' };
    expect(parseTrainingSpec(fitTraining({ ...training, data }, survey(50_000, 32))).batch).toBe(8);
  });
});

describe('a batch that is asked for', () => {
  it('is at most the images it is drawn from', () => {
    const { batch, ...none } = { ...search, batch: 84 };
    expect(batchFault({ ...search, batch }, survey(166, 28), 'search')?.message).toBe(
      'found 84; allowed: 1 to 83, the half of the training images that weights learn from',
    );
    expect(batchFault({ ...search, batch }, survey(166, 28), 'training')).toBeUndefined();
    expect(batchFault(none, survey(2, 28), 'search')).toBeUndefined();
  });
});
