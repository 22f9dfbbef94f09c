import { defineSchedule } from './registry.js';

defineSchedule({
  name: 'constant',
  summary: 'one rate throughout',
  source: 'Liu et al. 2019, section 3.1, for α',
  create:
    ({ from }) =>
    () =>
      from,
});
