import {
  checkDataset,
  type DatasetCheck,
  describeFault,
  getDataset,
  listDatasets,
  type SizeCount,
} from '@oneshot/data';
import { ExitCode } from '../exit-codes.js';
import type { OutputOptions } from '../input/common-options.js';
import type { ImageRuleOptions } from '../input/data-options.js';
import { imageRule } from '../input/data-spec.js';
import type { OverwriteOptions } from '../input/overwrite-options.js';
import { createOutput } from '../output/output.js';
import { formatTable } from '../output/table.js';

export interface LocateDataOptions extends OutputOptions {
  readonly dataDir?: readonly string[];
}

export interface CheckDataOptions extends LocateDataOptions, ImageRuleOptions {}

export interface GetDataOptions extends OutputOptions, OverwriteOptions {
  readonly to: string;
  readonly mirror?: string;
}

const locating = ({ dataDir }: LocateDataOptions) => (dataDir === undefined ? {} : { dir: dataDir });

/** What `oneshot data list` does. */
export function listData(options: LocateDataOptions): void {
  const datasets = listDatasets(locating(options));
  const rows = datasets.map(({ name, title, licence, directory, fetchable }) => [
    name,
    directory ?? (fetchable ? `no; oneshot data get ${name}` : 'no'),
    title,
    licence,
  ]);
  const columns = [{ name: 'name' }, { name: 'here' }, { name: 'title' }, { name: 'licence' }];
  createOutput(options.json === true).result(() => formatTable(columns, rows), datasets);
}

/** What `oneshot data check` does. */
export async function checkData(name: string, options: CheckDataOptions): Promise<void> {
  const checked = await checkDataset(name, { ...locating(options), ...imageRule(options) });
  createOutput(options.json === true).result(() => describeCheck(checked), checked);
  if (!checked.ok) process.exitCode = ExitCode.runFailed;
}

function describeCheck(checked: DatasetCheck): string {
  if (!checked.ok)
    return [`${checked.name}: not usable`, ...checked.faults.map((fault) => `  ${describeFault(fault)}`)].join('\n');
  const { contents, warnings } = checked;
  const { height, width, channels } = contents.image;
  return [
    `${contents.name}: ${contents.train} training and ${contents.test} test images of ${height}×${width}×${channels}`,
    `  from     ${contents.source}`,
    ...(contents.folder === undefined
      ? []
      : [`  shape    ${contents.folder.shape}`, `  sizes    ${sizesText(contents.folder.sizes)}`]),
    `  sha256   ${contents.digest}${contents.published === true ? ' (as published)' : ''}`,
    ...(contents.licence === undefined ? [] : [`  licence  ${contents.licence}`]),
    ...warnings.map((warning) => `  warning  ${warning}`),
    '',
    formatTable(
      [{ name: 'class' }, { name: 'train', number: true }, { name: 'test', number: true }],
      contents.classes.map((row) => [row.name, String(row.train), String(row.test)]),
    ),
  ].join('\n');
}

const sizesTold = 5;

/** Such as `198 of 48×64, 1 of 300×900`. */
function sizesText(sizes: readonly SizeCount[]): string {
  const told = sizes.slice(0, sizesTold).map(({ height, width, images }) => `${images} of ${height}×${width}`);
  const more = sizes.length - told.length;
  return `${told.join(', ')}${more > 0 ? `, and ${more} more sizes` : ''}`;
}

/** What `oneshot data get` does. */
export async function getData(name: string, options: GetDataOptions): Promise<void> {
  const output = createOutput(options.json === true);
  let told = '';
  const done = await getDataset(name, options.to, {
    ...(options.mirror === undefined ? {} : { mirror: options.mirror }),
    overwrite: options.force === true,
    onProgress: (file, received, total) => {
      const now = `${file}: ${Math.floor((10 * received) / total) * 10} %`;
      if (now !== told) output.remark(now);
      told = now;
    },
  });
  output.result(() => `${name} is in ${done.directory}; use it with --data-dir ${options.to}`, done);
}
