/** One thing looked at: what was found, whether it is well, and what to do if not. */
export interface Finding {
  readonly what: string;
  readonly found: string;
  /** `note`: works, but worth knowing. `problem`: something will not work. */
  readonly state: 'well' | 'note' | 'problem';
  readonly advice?: string;
}
