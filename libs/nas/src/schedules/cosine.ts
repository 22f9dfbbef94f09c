import { cosineSchedule } from '@oneshot/engine';
import { falling, risingFaults } from './falling.js';
import { defineSchedule } from './registry.js';

defineSchedule({
  name: 'cosine',
  summary: 'half a cosine from one rate to the other',
  source: 'Loshchilov and Hutter 2017, eq. 5',
  options: falling,
  create: ({ from, to }, epochs) => cosineSchedule({ from, to, steps: epochs }),
  exclusions: risingFaults,
});
