import type { CampaignMember, Run } from '@oneshot/contracts';
import type { SettingRow } from '@oneshot/plots';
import { resultText } from './results.js';
import { softwareVersions } from './software-versions.js';

type Fields = Readonly<Record<string, unknown>>;

/** The setting of a campaign, read off its members one by one. */
export interface Settings {
  add(member: CampaignMember): void;
  /** What was held fixed, per benchmark where there are several. */
  rows(campaign: Fields): SettingRow[];
}

export function createSettings(): Settings {
  /**
   * By benchmark and method the first member that was searched, or the first: seeds do not differ
   * in what is told.
   */
  const examples = new Map<string, Map<string, CampaignMember>>();
  return {
    add(member) {
      const ofBenchmark = examples.get(member.benchmark) ?? new Map<string, CampaignMember>();
      examples.set(member.benchmark, ofBenchmark);
      const known = ofBenchmark.get(member.method);
      if (known === undefined || (known.search?.result === undefined && member.search?.result !== undefined)) {
        ofBenchmark.set(member.method, member);
      }
    },
    rows(campaign) {
      const rows = [...examples].flatMap(([benchmark, members]) => {
        const prefix = examples.size > 1 ? `${benchmark}: ` : '';
        return benchmarkRows([...members.values()]).map((row) => ({ ...row, label: `${prefix}${row.label}` }));
      });
      return [
        ...rows,
        { label: 'seeds', value: seedsText(campaign.seeds) },
        { label: 'software', value: softwareVersions() },
      ];
    },
  };
}

/** More seeds than this are counted. */
const mostSeeds = 50;

function seedsText(seeds: unknown): string {
  if (!Array.isArray(seeds)) return '';
  if (seeds.length <= mostSeeds) return seeds.join(', ');
  return `${seeds.slice(0, mostSeeds).join(', ')} and ${seeds.length - mostSeeds} more`;
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
    arithmeticRow(members),
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

/** What the runs were computed with; runs of versions that did not record it are silent. */
function arithmeticRow(members: readonly CampaignMember[]): SettingRow | undefined {
  const runs = members.flatMap(({ search, trainings }) => [...(search === undefined ? [] : [search]), ...trainings]);
  const used = new Set(runs.flatMap(({ result }) => arithmeticOf(fieldsOf(result).arithmetic)));
  return used.size === 0 ? undefined : { label: 'arithmetic', value: [...used].join('; ') };
}

function arithmeticOf(list: unknown): string[] {
  if (!Array.isArray(list)) return [];
  return list.map((each) => {
    const { backend, simd, engine, precision } = fieldsOf(each);
    const words = [backend, ...(simd === 'none' ? [] : [simd]), ...(precision === undefined ? [] : [precision])];
    return `${words.map(String).join(' ')}, engine ${String(engine)}`;
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
