import { readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { bytesFile, type OutputFile } from '../files/output-file.js';

const manifestName = 'campaign.json';

interface Manifest {
  /** Id. */
  readonly campaign: string;
  /** sha256 by path within the folder. */
  readonly files: Readonly<Record<string, string>>;
}

/** Where a campaign's files lie. */
export interface CampaignFolder {
  readonly path: string;
  /** Whether this campaign wrote the file that has this sha256. */
  owns(path: string, digest: string): boolean;
  /** The file that tells next time what this campaign wrote. */
  manifest(files: readonly OutputFile[]): Promise<OutputFile>;
}

export const manifestPath = (folder: string) => join(folder, manifestName);

/** @param id of the campaign */
export function campaignFolder(path: string, id: string): CampaignFolder {
  const nameOf = (file: string) => relative(path, file).split(sep).join('/');
  const written = readManifest(path, id);
  return {
    path,
    owns: (file, digest) =>
      written !== undefined && (nameOf(file) === manifestName || written[nameOf(file)] === digest),
    manifest: async (files) => {
      const digests = await Promise.all(files.map(async (file) => [nameOf(file.path), await file.digest()] as const));
      const manifest: Manifest = { campaign: id, files: { ...written, ...Object.fromEntries(digests) } };
      const text = `${JSON.stringify(manifest, null, 2)}\n`;
      return bytesFile(manifestPath(path), async () => Buffer.from(text));
    },
  };
}

/** What the campaign wrote there; undefined if another did, or none. */
function readManifest(folder: string, id: string): Readonly<Record<string, string>> | undefined {
  try {
    const found: unknown = JSON.parse(readFileSync(manifestPath(folder), 'utf8'));
    return isManifest(found) && found.campaign === id ? found.files : undefined;
  } catch {
    // Whatever lies there is not ours.
    return undefined;
  }
}

function isManifest(value: unknown): value is Manifest {
  return (
    typeof value === 'object' &&
    value !== null &&
    'campaign' in value &&
    'files' in value &&
    typeof value.files === 'object' &&
    value.files !== null
  );
}
