import { describe, expect, test } from 'vitest';
import { type SchemaName, schemaOf } from './schemas.js';

const names: readonly SchemaName[] = ['campaign', 'profile', 'search', 'training'];

describe('JSON schemas', () => {
  test.each(names)('%s is an object that allows no unknown field', (name) => {
    expect(schemaOf(name)).toMatchObject({ title: name, type: 'object', additionalProperties: false });
  });

  test('a campaign needs a name, methods, benchmarks and seeds', () => {
    expect(schemaOf('campaign')).toMatchObject({ required: ['name', 'methods', 'benchmarks', 'seeds'] });
  });

  test('a search names the known spaces and methods', () => {
    const text = JSON.stringify(schemaOf('search'));
    for (const name of ['toy_cell', 'nasbench201', 'darts', 'gdas', 'drnas', 'random'])
      expect(text).toContain(`"${name}"`);
  });
});
