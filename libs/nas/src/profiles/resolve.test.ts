import { describe, expect, it } from 'vitest';
import { canonicalJson } from '../canonical-json.js';
import { methodNames } from '../methods/registry.js';
import { samplers } from '../samplers/registry.js';
import { createSpace } from '../spaces/space.js';
import { resolveProfile as resolve } from './resolve.js';

const resolveProfile = (input: unknown, space: string) => resolve(input, createSpace(space));

describe('profiles', () => {
  it('of every method resolve in every space, and resolve to themselves again', () => {
    for (const method of methodNames()) {
      for (const space of ['toy_cell', 'darts', 'nasbench201'] as const) {
        // Its stop counts skip connections, of which toy_cell has none.
        if (method === 'darts_plus' && space === 'toy_cell') continue;
        // It draws two edges for each node; the others keep every edge.
        if (method.startsWith('rome') && space !== 'darts') continue;
        const profile = resolveProfile(method, space);
        expect(resolveProfile({ ...profile }, space)).toEqual(profile);
      }
    }
  });

  it('have the defaults of their papers', () => {
    expect(resolveProfile('darts', 'darts')).toMatchObject({
      epochs: 50,
      batch: 64,
      selector: 'two_edges',
      weights: { learningRate: { from: 0.025, to: 0.001 }, momentum: 0.9, weightDecay: 3e-4, clip: 5 },
      architecture: { learningRate: 3e-4, beta1: 0.5, beta2: 0.999, step: 'before_weights' },
      regularizer: { name: 'l2', weightDecay: 1e-3 },
    });
    expect(resolveProfile('gdas', 'darts')).toMatchObject({
      sampler: { name: 'gumbel', temperature: { from: 10, to: 0.1 } },
      selector: 'two_pairs',
      architecture: { step: 'after_weights' },
    });
    expect(resolveProfile('pcdarts', 'darts')).toMatchObject({
      sampler: { name: 'softmax' },
      mutations: [{ name: 'partial_connection', keep: 4 }],
      edgeNormalisation: true,
      batch: 256,
      weights: { learningRate: { from: 0.1, to: 0 } },
      architecture: { learningRate: 6e-4, frozenEpochs: 15 },
    });
  });

  it('take changes field by field, and a component of another name whole', () => {
    const profile = resolveProfile(
      { method: 'drnas', weights: { momentum: 0.5 }, regularizer: { name: 'dirichlet_kl' } },
      'toy_cell',
    );
    expect(profile.weights).toMatchObject({ momentum: 0.5, clip: 5 });
    expect(profile.regularizer).toEqual({ name: 'dirichlet_kl', scale: 1e-3 });
  });

  it('say nothing of the usual optimizers and schedules, so that run ids stay', () => {
    const plain = resolveProfile('darts', 'darts');
    const said = {
      method: 'darts',
      weights: { optimizer: 'sgd', learningRate: { schedule: 'cosine' } },
      architecture: { optimizer: 'adam', learningRate: { schedule: 'constant', from: 3e-4 } },
    };
    expect(canonicalJson(resolveProfile(said, 'darts'))).toBe(canonicalJson(plain));
  });

  it('of another optimizer keep what it has too, and take its defaults for the rest', () => {
    const { weights, architecture } = resolveProfile(
      {
        method: 'darts',
        weights: { optimizer: 'adamw', learningRate: { from: 1e-3 } },
        architecture: {
          optimizer: 'adamw',
          learningRate: { schedule: 'linear', from: 1e-2, warmup: { from: 1e-4, steps: 9 } },
        },
      },
      'darts',
    );
    expect(weights).toEqual({
      optimizer: 'adamw',
      learningRate: { from: 1e-3, to: 0, every: 'epoch' },
      beta1: 0.9,
      beta2: 0.999,
      weightDecay: 3e-4,
      clip: 5,
    });
    expect(architecture).toMatchObject({
      optimizer: 'adamw',
      beta1: 0.5,
      beta2: 0.999,
      learningRate: { schedule: 'linear', from: 1e-2, to: 0, every: 'epoch', warmup: { from: 1e-4, steps: 9 } },
      initialScale: 1e-3,
    });
  });

  it.each([
    [
      'second order ahead of a step of Adam',
      { method: 'darts_second_order', weights: { optimizer: 'adam', learningRate: { from: 1e-3 } } },
      'profile.weights.optimizer: second order differentiates one step of SGD, whose weights are linear in the gradient; found adam; allowed: sgd',
    ],
    [
      'another optimizer under the rate of the last',
      { method: 'darts', weights: { optimizer: 'adam' } },
      'profile.weights.learningRate: found nothing; allowed: an object',
    ],
    [
      'the same of α',
      { method: 'darts', architecture: { optimizer: 'sgd' } },
      'profile.architecture.learningRate: found nothing; allowed: a number, or an object with a schedule',
    ],
    [
      'an unknown optimizer',
      { method: 'darts', weights: { optimizer: 'lamb' } },
      'profile.weights.optimizer: found "lamb"; allowed: adam, adamw, sgd',
    ],
    [
      'an option of another optimizer',
      { method: 'darts', weights: { optimizer: 'adam', learningRate: { from: 0.1 }, nesterov: true } },
      'profile.weights.nesterov: unknown field',
    ],
    [
      'an unknown schedule of α',
      { method: 'darts', architecture: { learningRate: { schedule: 'step', from: 1 } } },
      'profile.architecture.learningRate.schedule: found "step"; allowed: constant, cosine, linear',
    ],
    [
      'a rate of α that rises',
      { method: 'darts', architecture: { learningRate: { from: 1e-3, to: 1 } } },
      'profile.architecture.learningRate.to: found 1; at most learningRate.from, 0.001',
    ],
    [
      'a warm-up as long as the run',
      { method: 'darts', epochs: 5, weights: { learningRate: { warmup: { from: 1e-3, epochs: 5 } } } },
      'profile.weights.learningRate.warmup.epochs: found 5; at most 4, for the run has 5 epochs',
    ],
    [
      'a warm-up that cools',
      { method: 'darts', weights: { learningRate: { warmup: { from: 1, epochs: 5 } } } },
      'profile.weights.learningRate.warmup.from: found 1; below learningRate.from, 0.025',
    ],
    [
      'a warm-up without a length',
      { method: 'darts', weights: { learningRate: { warmup: { from: 1e-3 } } } },
      'profile.weights.learningRate.warmup: found {"from":0.001}; allowed: { from, epochs } or { from, steps }',
    ],
    [
      'an unknown sampler',
      { name: 'x', sampler: { name: 'sofmax' } },
      `profile.sampler.name: found "sofmax"; allowed: ${samplers.names().join(', ')}`,
    ],
    ['unknown method', 'dart', `profile.method: unknown method "dart"; known: ${methodNames().join(', ')}`],
    ['unknown field', { method: 'darts', weigths: {} }, 'profile.weigths: unknown field'],
    ['no sampler', { name: 'mine' }, 'profile.sampler: required without a method'],
    [
      'selector of another space',
      { method: 'darts', selector: 'two_edges' },
      'profile.selector: two_edges forms genotypes of darts, robust_darts, not of toy_cell',
    ],
    ['nothing to read', { method: 'darts', sampler: { name: 'uniform' } }, 'the sampler uniform does not train α'],
    [
      'a penalty without its distribution',
      { method: 'darts', regularizer: { name: 'dirichlet_kl' } },
      'dirichlet_kl needs the sampler dirichlet; found softmax',
    ],
    [
      'rising learning rate',
      { method: 'darts', weights: { learningRate: { to: 1 } } },
      'profile.weights.learningRate.to: found 1; at most learningRate.from, 0.025',
    ],
    [
      'α that would rest in every epoch',
      { method: 'pcdarts', epochs: 10 },
      'profile.architecture.frozenEpochs: found 15; at most 9, for α would rest in all 10 epochs',
    ],
    [
      'β that nothing trains',
      { method: 'random', edgeNormalisation: true },
      'profile.edgeNormalisation: the sampler uniform trains no architecture parameters',
    ],
    ['an unknown mutation', { method: 'darts', mutations: [{ name: 'entangled' }] }, 'profile.mutations[0].name'],
    ['a share of one', { method: 'darts', mutations: [{ name: 'partial_connection', keep: 1 }] }, 'mutations[0].keep'],
    ['a schedule that is not here', { method: 'drnas', progressive: true }, 'profile.progressive: unknown field'],
    [
      'a precision that is not here',
      { method: 'darts', precision: 'fp8' },
      'profile.precision: found "fp8"; allowed: float32, bf16',
    ],
    ['text for a number', { method: 'gdas', epochs: 'ten' }, 'profile.epochs'],
  ])('are refused: %s', (_, input, message) => {
    expect(() => resolveProfile(input, 'toy_cell')).toThrow(message);
  });

  it('run in bf16 where networks have cells, and are refused elsewhere beside their other faults', () => {
    for (const space of ['darts', 'nasbench201', 'tangle_cell', 'nasbench1shot1']) {
      expect(resolveProfile({ method: 'darts', precision: 'bf16' }, space).precision).toBe('bf16');
    }
    for (const space of ['conv_macro', 'mobilenetv3']) {
      expect(() => resolveProfile({ method: 'darts', precision: 'bf16', edgeNormalisation: true }, space)).toThrow(
        new RegExp(
          `profile.edgeNormalisation.*profile.precision: found bf16; networks of ${space} have no cells, and single operations run in float32; allowed: float32`,
        ),
      );
    }
  });

  it('are the same in float32, written or not', () => {
    expect(resolveProfile({ method: 'darts', precision: 'float32' }, 'darts')).toEqual(
      resolveProfile('darts', 'darts'),
    );
  });

  it('are refused with several faults at once', () => {
    expect(() => resolveProfile({ method: 'x', batch: 0, epochs: -1 }, 'darts')).toThrow(/method.*epochs.*batch/);
  });
});
