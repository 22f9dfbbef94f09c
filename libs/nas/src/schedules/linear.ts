import { linearSchedule } from '@oneshot/engine';
import { falling, risingFaults } from './falling.js';
import { defineSchedule } from './registry.js';

defineSchedule({
  name: 'linear',
  summary: 'a straight line from one rate to the other',
  source: 'Li and Talwalkar 2019, authors’ code; Guo et al. 2020, section 4',
  options: falling,
  create: ({ from, to }, epochs) => linearSchedule({ from, to, steps: epochs }),
  exclusions: risingFaults,
});
