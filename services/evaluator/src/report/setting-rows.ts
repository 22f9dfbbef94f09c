import type { CampaignMember, Run } from '@oneshot/contracts';
import type { SettingRow } from '@oneshot/plots';
import { resultText } from './results.js';
import { softwareVersions } from './software-versions.js';

type Fields = Readonly<Record<string, unknown>>;

/** What was held fixed, per benchmark where there are several. */
export function settingRows(campaign: Fields, members: readonly CampaignMember[]): SettingRow[] {
  const benchmarks = [...new Set(members.map(({ benchmark }) => benchmark))];
  const rows = benchmarks.flatMap((benchmark) => {
    const own = members.filter((member) => member.benchmark === benchmark);
    const prefix = benchmarks.length > 1 ? `${benchmark}: ` : '';
    return benchmarkRows(own).map((row) => ({ ...row, label: `${prefix}${row.label}` }));
  });
  const seeds = Array.isArray(campaign.seeds) ? campaign.seeds.join(', ') : '';
  return [...rows, { label: 'seeds', value: seeds }, { label: 'software', value: softwareVersions() }];
}

function benchmarkRows(members: readonly CampaignMember[]): SettingRow[] {
  const searches = members.flatMap(({ search }) => search ?? []);
  const first = searches[0];
  const split = searches.flatMap((run) => resultText(run, 'splitDigest') ?? [])[0];
  const rows: (SettingRow | undefined)[] = [
    first && { label: 'space', value: described(first.spec?.space) },
    first && { label: 'data set', value: dataText(first) },
    split === undefined
      ? undefined
      : {
          label: 'split',
          value: `training part halved at random per seed; first half of the first seed: sha256 ${split.slice(0, 12)}…`,
        },
    { label: 'search', value: [...new Set(members.flatMap(searchText))].join('; ') },
    ...retrainingRows(members[0]?.trainings ?? []),
  ];
  return rows.filter((row) => row !== undefined);
}

function dataText(run: Run): string {
  const data = fieldsOf(run.spec?.data);
  const digest = resultText(run, 'dataDigest');
  return [
    String(data.name ?? ''),
    ...(data.trainImages === undefined ? [] : [`the first ${String(data.trainImages)} training images`]),
    ...(digest === undefined ? [] : [`sha256 ${digest.slice(0, 12)}…`]),
  ].join(', ');
}

function searchText({ method, search }: CampaignMember): string[] {
  const { epochs, batch } = fieldsOf(search?.spec?.profile);
  if (typeof epochs !== 'number') return [];
  return [epochs === 0 ? `${method}: drawn at once` : `${method}: ${epochs} epochs, batch ${String(batch)}`];
}

function retrainingRows(trainings: readonly Run[]): SettingRow[] {
  return trainings.map(({ spec }, position) => {
    const { epochs, batch, cells, channels, dropPath, auxiliary } = fieldsOf(spec);
    const size = [
      ...(cells === undefined ? [] : [`${String(cells)} cells`]),
      ...(channels === undefined ? [] : [`${String(channels)} channels`]),
    ];
    const value = [
      `${String(epochs)} epochs`,
      `batch ${String(batch)}`,
      ...size,
      `drop path ${String(dropPath)}`,
      `auxiliary weight ${String(auxiliary)}`,
    ].join(', ');
    return { label: trainings.length > 1 ? `retraining ${position + 1}` : 'retraining', value };
  });
}

function described(value: unknown): string {
  const { name, ...options } = fieldsOf(value);
  const shown = Object.entries(options).map(
    ([key, option]) => `${key} ${Array.isArray(option) ? option.join('/') : String(option)}`,
  );
  return [String(name ?? ''), ...shown].join(', ');
}

function fieldsOf(value: unknown): Fields {
  return typeof value === 'object' && value !== null ? (value as Fields) : {};
}
