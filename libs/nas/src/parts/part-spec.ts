/** A part with its options filled in; plain JSON. */
export interface PartSpec {
  readonly name: string;
  readonly [option: string]: unknown;
}
