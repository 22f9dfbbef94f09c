import { z } from 'zod';
import { NasError } from '../errors.js';
import type { SearchSpace, SpaceDefinition } from '../spaces/search-space.js';
import type { OwnOperations } from './module-api.js';
import { moduleBuilder } from './module-builder.js';

/** A space of a module as it stands in a spec. */
export interface ModuleDefinition extends SpaceDefinition {
  readonly name: 'module';
  /** Relative to the folder of allowed spaces. */
  readonly file: string;
  /** sha256 of the file, hexadecimal. */
  readonly digest: string;
  /** As the module's schema fills them in. */
  readonly options: Readonly<Record<string, unknown>>;
}

/** A module's space with the note of which choices its network has asked for so far. */
export interface ModuleSpace {
  readonly kind: SearchSpace<ModuleDefinition>;
  readonly used: ReadonlySet<string>;
}

/** Throws NasError `invalid_space`: what is wrong with the module, without a stack. */
export function moduleFault(message: string): NasError {
  return new NasError('invalid_space', [{ path: 'space.file', message }]);
}

/** The words of whatever was thrown. */
export function wordsOf(error: unknown): string {
  const words = error instanceof Error ? error.message : String(error);
  return words.length > 400 ? `${words.slice(0, 399)}…` : words;
}

/**
 * A space that a module describes, as one of the registry: named by its digest, with the module's
 * own options under `options`.
 */
export function moduleSpace(user: SearchSpace, file: string, digest: string, own: OwnOperations): ModuleSpace {
  const used = new Set<string>();
  const definitionOf = ({ options }: ModuleDefinition): SpaceDefinition => ({ ...options, name: user.name });
  const asked = <T>(part: string, answer: () => T): T => {
    try {
      return answer();
    } catch (error) {
      if (error instanceof NasError) throw error;
      throw moduleFault(`${file}: ${part}: ${wordsOf(error)}`);
    }
  };
  const schema = z.strictObject({
    name: z.literal('module'),
    file: z.string(),
    digest: z.literal(digest),
    options: z
      .record(z.string(), z.unknown())
      .prefault({})
      .transform((options, context): Readonly<Record<string, unknown>> => {
        const read = asked('schema', () => user.schema.safeParse({ ...options, name: user.name }));
        if (read.success) {
          const { name: _, ...filled } = read.data;
          return filled;
        }
        for (const issue of read.error.issues) {
          context.issues.push({ ...issue, input: options } as z.core.$ZodRawIssue);
        }
        return z.NEVER;
      }),
  });
  const { relevant, topology, width, resize, notation: _, example: __, ...fixed } = user;
  const kind: SearchSpace<ModuleDefinition> = {
    ...fixed,
    name: `module:${user.name}@${digest.slice(0, 12)}`,
    schema,
    choices: (definition) => asked('choices', () => user.choices(definitionOf(definition))),
    images: (definition) => asked('images', () => user.images(definitionOf(definition))),
    build: (builder, definition) =>
      asked('build', () => user.build(moduleBuilder(builder, own, used), definitionOf(definition))),
    ...(relevant && {
      relevant: (definition, selection) => asked('relevant', () => relevant(definitionOf(definition), selection)),
    }),
    ...(topology && { topology: (definition) => asked('topology', () => topology(definitionOf(definition))) }),
    ...(width && { width: (definition) => asked('width', () => width(definitionOf(definition))) }),
    ...(resize && {
      resize: (definition, size) => {
        const { name: ___, ...options } = asked('resize', () => resize(definitionOf(definition), size));
        return { ...definition, options };
      },
    }),
  };
  return { kind, used };
}
