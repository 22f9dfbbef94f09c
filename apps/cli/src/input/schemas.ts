import { campaignSchema } from '@oneshot/coordinator';
import { methodNames, profileSchema, SPACE_NAMES } from '@oneshot/nas';
import { searchSpecSchema, trainingSpecSchema } from '@oneshot/training';

export type SchemaName = keyof typeof schemas;

const schemas = {
  campaign: campaignSchema,
  profile: profileSchema(),
  search: searchSpecSchema,
  training: trainingSpecSchema,
};

/** Parts that are written as a name or as an object whose fields depend on the name. */
const named: Readonly<Record<string, object>> = {
  space: nameOrObject('a search space, or one with its options', SPACE_NAMES),
  profile: nameOrObject('a method, or a profile: oneshot schema profile', methodNames()),
  genotype: { description: 'the JSON form, or the field’s notation as text', type: ['object', 'string'] },
};

/** The JSON Schema (draft 2020-12) of what users write. */
export function schemaOf(name: SchemaName): object {
  const { properties = {}, ...schema } = schemas[name].toJSONSchema({ io: 'input', unrepresentable: 'any' });
  if (name === 'campaign' || name === 'profile') return { ...schema, title: name, properties };
  const filled = Object.entries(properties).map(([field, value]) => [field, named[field] ?? value]);
  return { ...schema, title: name, properties: Object.fromEntries(filled) };
}

function nameOrObject(description: string, names: readonly string[]): object {
  return { description, anyOf: [{ enum: names }, { type: 'object' }] };
}
