import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Finished, oneshot } from './processes.js';

/** Writes a campaign as JSON, which is YAML too. */
export function writeCampaign(directory: string, campaign: Readonly<Record<string, unknown>>): string {
  mkdirSync(directory, { recursive: true });
  const file = join(directory, `${String(campaign.name)}.yaml`);
  writeFileSync(file, JSON.stringify(campaign, null, 2));
  return file;
}

/** The lines that a command printed as JSON. */
export function jsonLines({ stdout }: Finished): readonly Readonly<Record<string, unknown>>[] {
  return stdout
    .split('\n')
    .filter((line) => line.startsWith('{'))
    .map((line) => JSON.parse(line) as Readonly<Record<string, unknown>>);
}

/** Runs a campaign with everything in one process; returns its id. */
export async function runEmbedded(parts: {
  readonly file: string;
  readonly state: string;
  readonly data: string;
  readonly out: string;
  readonly environment?: Readonly<Record<string, string>>;
}): Promise<{ readonly id: string; readonly finished: Finished }> {
  const { file, state, data, out, environment = {} } = parts;
  const args = ['run', file, '--state', state, '--data-dir', data, '--out', out, '--workers', '2', '--json'];
  const finished = await oneshot(args, environment).finished();
  const last = jsonLines(finished).find((line) => line.type === 'campaign');
  return { id: String(last?.id ?? ''), finished };
}
