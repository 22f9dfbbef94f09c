import type { ArtifactHeader, CleanArtifactsRequest, CleanOptions } from '@oneshot/contracts';
import { Code, ServiceError } from '@oneshot/service-kit';
import { isArtifactDigest } from '@oneshot/storage';
import type { Kysely } from 'kysely';
import type { RegistryTables } from '../tables.js';
import { fieldFault, invalidRequest } from './field-fault.js';
import type { RegistryHandlers, RegistryParts } from './registry-parts.js';

const leastGraceSeconds = 3600;
const mostInMessage = 1000;
const mostKept = 5_000_000;
const rowsAtOnce = 500;
const mostTold = 20;

/** The method that deletes what nothing refers to. */
export function cleaningHandlers(parts: RegistryParts): Pick<RegistryHandlers, 'cleanArtifacts'> {
  const { database, allowCleaning } = parts;
  return {
    async cleanArtifacts(requests, { signal }) {
      const { options, keep } = await readRequest(requests);
      if (options.delete && !allowCleaning) throw notAllowed();
      const graceMs = options.graceSeconds * 1000;
      const before = Date.now() - graceMs;
      const gone: ArtifactHeader[] = [];
      let [artifacts, bytes] = [0, 0];
      for (let last = ''; !signal.aborted; ) {
        const rows = await unreferenced(database.queries, before)
          .select(['digest', 'size', 'media_type'])
          .where('digest', '>', last)
          .orderBy('digest')
          .limit(rowsAtOnce)
          .execute();
        for (const { digest, size, media_type: mediaType } of rows) {
          if (keep.has(digest) || parts.use.within(digest, graceMs)) continue;
          if (options.delete && !(await deleteArtifact(parts, digest, before))) continue;
          artifacts += 1;
          bytes += Number(size);
          gone.push({ digest, size: Number(size), mediaType });
          if (gone.length > 2 * mostTold) keepLargest(gone);
        }
        const next = rows.at(-1)?.digest;
        if (next === undefined) break;
        last = next;
      }
      signal.throwIfAborted();
      keepLargest(gone);
      const all = await database.queries
        .selectFrom('artifacts')
        .select(({ fn }) => fn.countAll<number>().as('count'))
        .executeTakeFirstOrThrow();
      const kept = Number(all.count) - (options.delete ? 0 : artifacts);
      return { artifacts, bytes, kept, largest: gone };
    },
  };
}

function keepLargest(gone: ArtifactHeader[]): void {
  gone.sort((a, b) => b.size - a.size).splice(mostTold);
}

/** Artifacts that neither descent nor a model names, unused since a moment. */
function unreferenced(queries: Kysely<RegistryTables>, before: number) {
  return queries
    .selectFrom('artifacts')
    .where('used_at', '<', before)
    .where(({ not, exists, selectFrom, or, eb }) =>
      not(
        or([
          exists(selectFrom('lineage').select('relation').whereRef('from_id', '=', 'artifacts.digest')),
          exists(selectFrom('lineage').select('relation').whereRef('to_id', '=', 'artifacts.digest')),
          eb('digest', 'in', selectFrom('models').select('onnx')),
        ]),
      ),
    );
}

/**
 * Deletes an artifact if it still is as it was found: inside the transaction nobody can note a use
 * or a need of it.
 */
function deleteArtifact({ database, artifacts }: RegistryParts, digest: string, before: number): Promise<boolean> {
  return database.transaction(async (transaction) => {
    const found = await unreferenced(transaction, before)
      .select('digest')
      .where('digest', '=', digest)
      .executeTakeFirst();
    if (found === undefined) return false;
    await transaction.deleteFrom('artifacts').where('digest', '=', digest).execute();
    await artifacts.delete(digest);
    return true;
  });
}

interface Cleaning {
  readonly options: CleanOptions;
  readonly keep: ReadonlySet<string>;
}

async function readRequest(requests: AsyncIterable<CleanArtifactsRequest>): Promise<Cleaning> {
  let options: CleanOptions | undefined;
  const keep = new Set<string>();
  for await (const { part } of requests) {
    if (options === undefined) options = readOptions(part);
    else for (const digest of readDigests(part)) keep.add(digest);
    if (keep.size > mostKept) {
      throw invalidRequest([fieldFault('keep', `more than ${mostKept} digests`, `at most ${mostKept} digests`)]);
    }
  }
  return { options: options ?? readOptions(undefined), keep };
}

function readOptions(part: CleanArtifactsRequest['part']): CleanOptions {
  if (part?.$case !== 'options') throw invalidRequest([fieldFault('options', '', 'options as the first message')]);
  const { graceSeconds } = part.value;
  if (graceSeconds >= leastGraceSeconds && Number.isFinite(graceSeconds)) return part.value;
  const allowed = `a number of seconds, at least ${leastGraceSeconds}`;
  throw invalidRequest([fieldFault('options.grace_seconds', String(graceSeconds), allowed)]);
}

function readDigests(part: CleanArtifactsRequest['part']): readonly string[] {
  if (part?.$case !== 'keep') throw invalidRequest([fieldFault('keep', '', 'digests to keep after the options')]);
  const { digests } = part.value;
  if (digests.length > mostInMessage) {
    throw invalidRequest([fieldFault('keep', `${digests.length} digests`, `at most ${mostInMessage} in a message`)]);
  }
  const wrong = digests.findIndex((digest) => !isArtifactDigest(digest));
  if (wrong === -1) return digests;
  throw invalidRequest([fieldFault(`keep.digests[${wrong}]`, digests[wrong] ?? '', 'a lower-case hex sha256')]);
}

function notAllowed(): ServiceError {
  const message = 'This registry deletes nothing; it takes the option --allow-cleaning to let it.';
  return new ServiceError({ code: Code.FAILED_PRECONDITION, reason: 'CLEANING_NOT_ALLOWED', message });
}
