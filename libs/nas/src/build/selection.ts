/**
 * Options that exist at each choice, by its id: all (supernet), some (pruning), one (a path), none
 * (an edge that is gone).
 */
export type Selection = ReadonlyMap<string, readonly string[]>;

/** How a supernet, or a path through it, comes of a space's description. */
export interface SupernetMode {
  readonly kind: 'supernet';
  /**
   * Options that run; the others keep their places, so that the same weights serve. Null: all run.
   */
  readonly selection: Selection | null;
  /** What does not run adds its bare coefficient (Dong and Yang 2019, code). */
  readonly bare: boolean;
  /**
   * `shared`: smaller variants take parts of the largest one's weights; `own`: each has its own.
   */
  readonly sharing: 'own' | 'shared';
  /** Of every `keep` channels one passes the operations of an edge; 1: all do. */
  readonly keep: number;
  /** Whether each choice has a coefficient of its edge behind those of its options. */
  readonly edgeNormalisation: boolean;
  /**
   * The group with the one coefficient of the skip connections beside all options of every edge of
   * a cell (Chu et al. 2021); absent: there are none.
   */
  readonly auxiliarySkip?: string;
}

/** How a network comes of a space's description. */
export type BuildMode =
  | SupernetMode
  | {
      readonly kind: 'derived';
      readonly selection: Selection;
      /**
       * A coefficient for every operation that is not an identity, so that paths can be dropped.
       */
      readonly dropPath: boolean;
    };
