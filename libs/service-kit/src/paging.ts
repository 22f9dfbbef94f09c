import { invalidArgument } from './service-error.js';

/**
 * The page size to use for one that a request asks for; 0 asks for the default. INVALID_ARGUMENT
 * beyond `largest`.
 */
export function pageSize(requested: number, standard: number, largest: number): number {
  if (requested === 0) return standard;
  if (Number.isInteger(requested) && requested > 0 && requested <= largest) return requested;
  const allowed = `0 (for ${standard}) or an integer from 1 to ${largest}`;
  throw invalidArgument(
    [{ path: 'page_size', found: String(requested), allowed, message: `found ${requested}; allowed is ${allowed}` }],
    'INVALID_PAGE_SIZE',
  );
}

/** An opaque token for the position after the last entry of a page. */
function encodePageToken(position: readonly (string | number)[]): string {
  return Buffer.from(JSON.stringify(position)).toString('base64url');
}

/**
 * A page of rows that were asked for with one more than fit, and the token of the page behind it;
 * empty where nothing follows.
 */
export function pageOf<Row>(
  rows: readonly Row[],
  size: number,
  positionOf: (last: Row) => readonly (string | number)[],
): { readonly page: readonly Row[]; readonly nextPageToken: string } {
  const page = rows.slice(0, size);
  const last = page.at(-1);
  return { page, nextPageToken: last !== undefined && rows.length > size ? encodePageToken(positionOf(last)) : '' };
}

/**
 * What the rows of a page may weigh as JSON. As a message they weigh up to five times as much, and
 * fit the 4 MiB a client takes.
 */
const pageBytes = 512 * 1024;

/** How the rows of a page are read. */
export interface PageSource<Row> {
  /** At most `limit` rows behind `after`, or from the beginning. */
  readonly read: (after: Row | undefined, limit: number) => Promise<readonly Row[]>;
  /**
   * How many rows are read at once: no more are read than a page can hold and so many. Default 50.
   */
  readonly rowsAtOnce?: number;
  /** About how many bytes of JSON a row is told in. */
  readonly bytesOf: (row: Row) => number;
  readonly positionOf: (last: Row) => readonly (string | number)[];
}

/**
 * A page of at most `size` rows that fits a message: it ends earlier, after one row at the least,
 * where they weigh too much.
 */
export async function fillPage<Row>(
  size: number,
  { read, rowsAtOnce = 50, bytesOf, positionOf }: PageSource<Row>,
): Promise<{ readonly page: readonly Row[]; readonly nextPageToken: string }> {
  const rows: Row[] = [];
  for (let bytes = 0; rows.length <= size; ) {
    const limit = Math.min(rowsAtOnce, size + 1 - rows.length);
    const found = await read(rows.at(-1), limit);
    for (const row of found) {
      bytes += bytesOf(row);
      if (bytes > pageBytes && rows.length > 0) return pageOf([...rows, row], rows.length, positionOf);
      rows.push(row);
    }
    if (found.length < limit) break;
  }
  return pageOf(rows, size, positionOf);
}

/**
 * The position a token stands for; undefined for the empty token. INVALID_ARGUMENT for anything but
 * a token of this kind.
 */
export function decodePageToken<Kinds extends readonly ('string' | 'number')[]>(
  token: string,
  kinds: Kinds,
): { [K in keyof Kinds]: Kinds[K] extends 'number' ? number : string } | undefined {
  if (token === '') return undefined;
  try {
    const position: unknown = JSON.parse(Buffer.from(token, 'base64url').toString('utf8'));
    if (Array.isArray(position) && matches(position, kinds)) {
      return position as unknown as { [K in keyof Kinds]: Kinds[K] extends 'number' ? number : string };
    }
  } catch {
    // Refused below, like a token of the wrong shape.
  }
  throw invalidArgument(
    [
      {
        path: 'page_token',
        found: token,
        allowed: 'a token from next_page_token of the same list',
        message: 'is no token of this list',
      },
    ],
    'INVALID_PAGE_TOKEN',
  );
}

function matches(position: readonly unknown[], kinds: readonly ('string' | 'number')[]): boolean {
  return position.length === kinds.length && kinds.every((kind, index) => typeof position[index] === kind);
}
