import { decidesEveryChoice } from '../genotype/enumerate.js';
import { genotypeOf } from '../genotype/selection-of.js';
import { largestColumns } from '../samplers/rows.js';
import { defineSelector } from './registry.js';
import { scoredChoices } from './selector.js';

/**
 * Per choice the option with the largest α, or as many as it keeps, `none` included (NAS-Bench-201;
 * TangleNAS).
 */
defineSelector({
  name: 'arg_max',
  summary: 'per choice the option with the largest α, or as many as it keeps, `none` included',
  source: 'Dong and Yang 2020; Sukthanker et al. 2023',
  readsAlpha: true,
  fits: decidesEveryChoice,
  select: (input) =>
    genotypeOf(
      input.space,
      new Map(
        scoredChoices(input).map(({ choice, row }) => [
          choice.id,
          largestColumns(row, choice.keeps ?? 1).map((column) => choice.options[column] ?? ''),
        ]),
      ),
    ),
});
