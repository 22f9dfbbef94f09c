import { NasError } from '../errors.js';
import { type Genotype, genotypeCells, hasCells } from './genotype.js';
import { parseGenotypeJson } from './validate.js';

/**
 * Notation of spaces that have none of their own: `space(choice=option; …)`, or with cells
 * `space(normal=|skip_connect~0|sep_conv_3x3~1|+|…|@2,3; …)`, the states after `@` being those of
 * the result.
 */
export function formatNamed(genotype: Genotype): string {
  const parts = hasCells(genotype)
    ? genotypeCells(genotype).map(([group, { nodes, concat }]) => {
        const bars = nodes.map((edges) => `|${edges.map(({ op, from }) => `${op}~${from}`).join('|')}|`);
        return `${group}=${bars.join('+')}@${concat.join(',')}`;
      })
    : Object.entries(genotype.picks).map(([choice, options]) => `${choice}=${options.join('+')}`);
  return `${genotype.space}(${parts.join('; ')})`;
}

const pattern = /^((?:module:)?[a-z][a-z0-9_]*(?:@[0-9a-f]{12})?)\s*\((.*)\)$/s;

/** Whether a text may be in this notation. */
export function isNamed(text: string): boolean {
  return pattern.test(text);
}

/** Reads it. Throws NasError `invalid_genotype`. */
export function parseNamed(text: string): Genotype {
  const [, space = '', body = ''] = pattern.exec(text) ?? [];
  const fields = body.split(';').map((field) => field.trim());
  const pairs = fields
    .filter((field) => field !== '')
    .map((field) => {
      const equals = field.indexOf('=');
      if (equals < 1) throw fault(`found ${JSON.stringify(field.slice(0, 60))}; expected choice=option`);
      return [field.slice(0, equals).trim(), field.slice(equals + 1).trim()] as const;
    });
  const twice = pairs.find(([name], index) => pairs.findIndex(([other]) => other === name) < index);
  if (twice !== undefined) throw fault(`${twice[0]} stands twice`);
  if (pairs.some(([, value]) => value.startsWith('|'))) {
    return parseGenotypeJson({
      space,
      cells: Object.fromEntries(pairs.map(([group, value]) => [group, parseCell(group, value)])),
    });
  }
  return parseGenotypeJson({
    space,
    picks: Object.fromEntries(pairs.map(([id, value]) => [id, value.split('+').filter((option) => option !== '')])),
  });
}

function parseCell(group: string, text: string): unknown {
  const [bars = '', states = ''] = text.split('@');
  const nodes = bars.split('+').map((node, index) => {
    const inner = /^\|(.*)\|$/.exec(node.trim())?.[1];
    if (inner === undefined)
      throw fault(`${group}, node ${index + 1}: found ${JSON.stringify(node)}; expected |op~state|…|`);
    return inner
      .split('|')
      .filter((edge) => edge !== '')
      .map((edge) => {
        const [op, from] = edge.trim().split('~');
        return { op, from: Number(from) };
      });
  });
  return { nodes, concat: states.split(',').map(Number) };
}

function fault(message: string): NasError {
  return new NasError('invalid_genotype', [{ path: 'genotype', message }]);
}
