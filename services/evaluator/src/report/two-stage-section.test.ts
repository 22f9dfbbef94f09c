import { summariseTwoStage } from '@oneshot/benchmarks';
import { renderPage } from '@oneshot/plots';
import { expect, test } from 'vitest';
import { twoStageSections } from './two-stage-section.js';

const curve = [0.01, 0.1, 1].map((share) => ({ share, accuracy: 90, value: share }));
const sampling = { curve, expectedAccuracy: 88, uniformAccuracy: 87, topTenth: 0.25, superiority: 0.75 };
const identification = { curve, topTenth: 0.4, tau: -0.5, architectures: 100 };
const record = (trainer: string, selector: string, accuracy: number) => ({ trainer, selector, seed: 0, accuracy });

test('a report draws what trainers know, what selectors rely on, and every combination with its score', () => {
  const records = [
    ...['magnitude', 'validity'].map((selector) => ({ ...record('darts', selector, 0.9), sampling, identification })),
    ...['NI', 'NU', 'RU', 'RI'].map((name, index) => record(name, 'validity', 0.8 + index / 100)),
  ];
  const sections = twoStageSections(JSON.parse(JSON.stringify(summariseTwoStage(records))));
  const page = renderPage('stages', undefined, sections);
  for (const text of ['75.00 %', '25.00 %', '40.00 %', '−0.50', '+1.00', 'uninformed', 'validity', '90.00 %']) {
    expect(page).toContain(text);
  }
  expect(sections.map(({ id }) => id)).toEqual(['stage-one', 'stage-two']);
});

test('a campaign of one stage has no such sections', () => {
  expect(twoStageSections(undefined)).toEqual([]);
});
