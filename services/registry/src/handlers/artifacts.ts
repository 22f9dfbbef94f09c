import type { ArtifactHeader, PutArtifactRequest } from '@oneshot/contracts';
import { checkpointMediaType } from '@oneshot/jobs';
import { notFound, type ServiceError } from '@oneshot/service-kit';
import { isArtifactDigest } from '@oneshot/storage';
import { fieldFault, invalidRequest } from './field-fault.js';
import type { RegistryHandlers, RegistryParts } from './registry-parts.js';

const largestChunk = 1024 * 1024;
const digestForm = 'a lower-case hex sha256';

/** The methods that store and hand out bytes. */
export function artifactHandlers({
  database,
  artifacts,
  largestArtifactBytes,
  use,
}: RegistryParts): Pick<RegistryHandlers, 'putArtifact' | 'getArtifact' | 'statArtifact' | 'releaseCheckpoint'> {
  async function headerOf(digest: string, look: 'stat' | 'verify'): Promise<ArtifactHeader> {
    if (!isArtifactDigest(digest)) throw invalidRequest([fieldFault('digest', digest, digestForm)]);
    const stored = await artifacts[look](digest);
    const row = await database.queries
      .selectFrom('artifacts')
      .selectAll()
      .where('digest', '=', digest)
      .executeTakeFirst();
    if (!stored || !row) throw notFound('artifact', digest);
    return { digest, size: stored.size, mediaType: row.media_type };
  }

  return {
    async putArtifact(requests) {
      const parts = requests[Symbol.asyncIterator]();
      const first = await parts.next();
      const header = readHeader(first.done ? undefined : first.value, largestArtifactBytes);
      const { digest, size, mediaType } = header;
      // Before the bytes are compared with those that are there: what is noted is not deleted
      // meanwhile.
      await use.note(digest);
      const { created } = await artifacts.put(chunksOf(parts), { digest, size });
      await database.queries
        .insertInto('artifacts')
        .values({ digest, size, media_type: mediaType, created_at: Date.now(), used_at: Date.now() })
        .onConflict((conflict) => conflict.doNothing())
        .execute();
      return { artifact: await headerOf(digest, 'stat'), created };
    },
    async *getArtifact({ digest, offset }) {
      const header = await headerOf(digest, 'stat');
      if (offset < 0 || offset > header.size) {
        throw invalidRequest([fieldFault('offset', String(offset), `0 to ${header.size}`)]);
      }
      yield { part: { $case: 'header', value: header } };
      for await (const chunk of artifacts.read(digest, offset)) {
        yield { part: { $case: 'chunk', value: Buffer.from(chunk.buffer, chunk.byteOffset, chunk.length) } };
      }
    },
    async statArtifact({ digest }) {
      await use.note(digest);
      return { artifact: await headerOf(digest, 'verify') };
    },
    async releaseCheckpoint({ digest, runId }) {
      if (!isArtifactDigest(digest)) throw invalidRequest([fieldFault('digest', digest, digestForm)]);
      return database.transaction(async (transaction) => {
        const { numDeletedRows } = await transaction
          .deleteFrom('lineage')
          .where('from_id', '=', digest)
          .where('relation', '=', 'checkpoint_of')
          .where('to_id', '=', runId)
          .executeTakeFirst();
        // Only a need that was noted can end: bytes that never were a checkpoint of the run stay.
        if (numDeletedRows === 0n) return { deleted: false };
        const needed = await transaction
          .selectFrom('lineage')
          .select('relation')
          .where((where) => where.or([where('from_id', '=', digest), where('to_id', '=', digest)]))
          .executeTakeFirst();
        if (needed) return { deleted: false };
        const artifact = await transaction
          .deleteFrom('artifacts')
          .where('digest', '=', digest)
          .where('media_type', '=', checkpointMediaType)
          .executeTakeFirst();
        // What was stored as something else, such as a history, is named by results that lineage
        // does not know.
        if (artifact.numDeletedRows === 0n) return { deleted: false };
        // Inside the transaction, so that a run that notes its need in this moment finds the bytes
        // either kept or gone, and sends them.
        return { deleted: await artifacts.delete(digest) };
      });
    },
  };
}

function readHeader(request: PutArtifactRequest | undefined, largest: number): ArtifactHeader {
  if (request?.part?.$case !== 'header') {
    throw invalidRequest([fieldFault('header', '', 'a header as the first message')]);
  }
  const header = request.part.value;
  const faults = [];
  if (!isArtifactDigest(header.digest)) faults.push(fieldFault('header.digest', header.digest, digestForm));
  if (!(header.size >= 0 && header.size <= largest)) {
    faults.push(fieldFault('header.size', String(header.size), `a number of bytes, 0 to ${largest}`));
  }
  if (header.mediaType === '') faults.push(fieldFault('header.media_type', '', 'such as "application/onnx"'));
  if (faults.length > 0) throw invalidRequest(faults);
  return header;
}

async function* chunksOf(parts: AsyncIterator<PutArtifactRequest>): AsyncIterable<Uint8Array> {
  for (let next = await parts.next(); !next.done; next = await parts.next()) {
    yield readChunk(next.value);
  }
}

function readChunk({ part }: PutArtifactRequest): Uint8Array {
  const refuse = (found: string): ServiceError =>
    invalidRequest([fieldFault('chunk', found, `chunks of at most ${largestChunk} bytes after the header`)]);
  if (part?.$case !== 'chunk') throw refuse(part?.$case ?? '');
  if (part.value.length > largestChunk) throw refuse(`${part.value.length} bytes`);
  return part.value;
}
