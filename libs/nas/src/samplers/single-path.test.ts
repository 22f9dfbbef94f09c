import { randomStream } from '@oneshot/engine';
import { describe, expect, it } from 'vitest';
import { resolveProfile } from '../profiles/resolve.js';
import { createSpace, type Space } from '../spaces/space.js';
import { fairSampler } from './fair.js';
import { type DrawContext, drawsPerStep, type Sampler } from './sampler.js';
import { uniformSampler } from './uniform.js';

const context = ({ topology }: Space, step: number, draw = 0): DrawContext => ({
  epoch: 0,
  epochs: 1,
  topology,
  draw,
  stream: (group, attempt) => randomStream(3, group, step, draw, attempt),
  common: (group) => randomStream(3, group, step),
});

const active = (sampler: Sampler, space: Space, step: number, draw = 0) =>
  sampler.draw(space.groups, new Map(), context(space, step, draw)).active ?? new Map<string, readonly string[]>();

describe('fair', () => {
  const space = createSpace('nasbench201');
  const sampler = fairSampler();
  const draws = drawsPerStep(sampler, space.groups);

  it('trains every option of every choice exactly once a step', () => {
    expect(draws).toBe(5);
    for (let step = 0; step < 20; step++) {
      const paths = Array.from({ length: draws }, (_, draw) => active(sampler, space, step, draw));
      for (const { id, options } of space.choices) {
        expect(paths.flatMap((path) => path.get(id) ?? []).sort()).toEqual([...options].sort());
      }
    }
  });

  it('draws each order of the options equally often, choice by choice independently', () => {
    const steps = 2000;
    const together = new Map<string, number>();
    for (let step = 0; step < steps; step++) {
      const path = active(sampler, space, step);
      const key = ['cell.1.0', 'cell.2.0'].map((id) => path.get(id)?.[0]).join();
      together.set(key, (together.get(key) ?? 0) + 1 / steps);
    }
    expect(together.size).toBe(25);
    // Standard deviation of a share of 1/25 in 2,000 draws: 0.0044.
    for (const share of together.values()) expect(Math.abs(share - 0.04)).toBeLessThan(0.018);
  });

  it.each([
    [{ name: 'nasbench1shot1' }, 'fair trains one option of each choice in a path; nasbench1shot1 keeps 2 of'],
    [{ name: 'mobilenetv3' }, 'in mobilenetv3 stage1.depth decides whether stage1.block3.kernel runs at all'],
    [
      {
        name: 'cell',
        nodes: 1,
        options: ['none', 'skip_connect'],
        edges: [{ from: 0, to: 2, options: ['none', 'skip_connect', 'sep_conv_3x3'] }],
      },
      'needs choices of as many options each; those of cell have 2, 3',
    ],
  ])('is refused where that cannot be: %j', (definition, message) => {
    expect(() => resolveProfile('fairnas', createSpace(definition))).toThrow(message);
  });

  it('says itself how many sub-networks a step draws, and passes over what is no decision', () => {
    const message = 'profile.draws: the sampler fair says itself how many sub-networks a step draws';
    expect(() => resolveProfile({ method: 'fairnas', draws: 3 }, space)).toThrow(message);
    const decided = createSpace({ name: 'mobilenetv3', depths: [2] });
    expect(resolveProfile('fairnas', decided).sampler).toEqual({ name: 'fair' });
    for (let draw = 0; draw < 3; draw++) expect(active(sampler, decided, 1, draw).get('stage1.depth')).toEqual(['2']);
  });
});

describe('uniform over whole architectures', () => {
  const sampler = uniformSampler({ architectures: true });

  it('runs two edges per node, each pair of them and each operation but none equally often', () => {
    const space = createSpace({ name: 'darts', nodes: 2, primitives: ['none', 'skip_connect', 'sep_conv_3x3'] });
    const steps = 2000;
    const shares = new Map<string, number>();
    for (let step = 0; step < steps; step++) {
      const path = active(sampler, space, step);
      const edges = space.choices.filter(({ id }) => id.startsWith('normal.3.') && path.get(id)?.length === 1);
      expect(edges).toHaveLength(2);
      const key = edges.map(({ id }) => `${id}=${path.get(id)}`).join();
      shares.set(key, (shares.get(key) ?? 0) + 1 / steps);
      expect([...path.values()].flat()).not.toContain('none');
    }
    // Three pairs of edges, two operations each: twelve, of standard deviation 0.0062.
    expect(shares.size).toBe(12);
    for (const share of shares.values()) expect(Math.abs(share - 1 / 12)).toBeLessThan(0.025);
  });

  it('is the plain draw where every choice takes one option', () => {
    const space = createSpace('nasbench201');
    const path = active(sampler, space, 0);
    for (const { id } of space.choices) expect(path.get(id)).toHaveLength(1);
  });
});
