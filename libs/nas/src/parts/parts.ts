import { z } from 'zod';
import type { Fault } from '../errors.js';
import type { PartSpec } from './part-spec.js';

/** Options of a part as fields of a schema, with their defaults. */
export type OptionsShape = z.ZodRawShape;

/** What a part's schema makes of its options. */
export type OptionsOf<S extends OptionsShape> = z.infer<z.ZodObject<S>>;

/** What every part says of itself, whatever its kind. */
export interface Part {
  /** As profiles name it. */
  readonly name: string;
  /** What it does, in a sentence. */
  readonly summary: string;
  /** Where it comes from: paper, section or equation, code. */
  readonly source: string;
  /** Its options with their defaults. Default: it has none. */
  readonly options?: OptionsShape;
}

/** What a part remembers from step to step, by name; checkpoints hold it. */
export interface Remembering {
  /** A copy of everything. */
  state(): Record<string, Float32Array>;
  restore(state: Readonly<Record<string, Float32Array>>): void;
}

let defined = 0;

/**
 * How many parts there are, of all kinds: what was made of them before is out of date once this has
 * grown.
 */
export function definedParts(): number {
  return defined;
}

/** The parts of one kind, by name. A part adds itself when its file is loaded. */
export class Parts<P extends Part> {
  readonly #parts = new Map<string, P>();

  /** @param kind in words, such as `sampler` */
  constructor(readonly kind: string) {}

  /** Throws RangeError if the name is taken. */
  define(part: P): void {
    if (this.#parts.has(part.name)) throw new RangeError(`the ${this.kind} ${part.name} exists already`);
    this.#parts.set(part.name, Object.freeze(part));
    defined++;
  }

  find(name: string): P | undefined {
    return this.#parts.get(name);
  }

  /** Throws RangeError with the known names. */
  of(name: string): P {
    const part = this.#parts.get(name);
    if (part === undefined) {
      throw new RangeError(`unknown ${this.kind} ${JSON.stringify(name)}; known: ${this.names().join(', ')}`);
    }
    return part;
  }

  /** In the order in which they were defined. */
  all(): readonly P[] {
    return [...this.#parts.values()];
  }

  /** Their names, in the same order. */
  names(): readonly string[] {
    return [...this.#parts.keys()];
  }

  /** The schema of a part that is written as an object, `{ name, …options }`. */
  schema(): z.ZodType<PartSpec> {
    const each = [...this.#parts.values()].map(({ name, options }) =>
      z.strictObject({ name: z.literal(name), ...options }),
    );
    return unionOf('name', each, this.names()) as unknown as z.ZodType<PartSpec>;
  }

  /** The schema of a part that is written as its name alone. */
  nameSchema(): z.ZodType<string> {
    return z.enum(this.names());
  }
}

/**
 * The union of what differs by one field; told apart, the message names the values allowed there.
 * Throws RangeError if there is nothing to choose from.
 */
export function unionOf(
  field: string,
  members: readonly z.core.$ZodTypeDiscriminable[],
  allowed: readonly string[],
): z.ZodType {
  const [first, ...others] = members;
  if (first === undefined) throw new RangeError(`there is nothing to choose from at ${field}`);
  return z.discriminatedUnion(field, [first, ...others], {
    error: ({ code }) => (code === 'invalid_union' ? `allowed: ${allowed.join(', ')}` : undefined),
  });
}

/** The same faults at their place in the profile. */
export function placed(faults: readonly Fault[], root: string): Fault[] {
  return faults.map((fault) => ({ ...fault, path: [root, fault.path].filter((part) => part !== '').join('.') }));
}
