import { existsSync } from 'node:fs';
import { basename, isAbsolute, resolve } from 'node:path';
import { listDatasets } from '@oneshot/data';
import { type DataOptions, imageRule } from './data-options.js';

/** The `data` part of a spec. A folder is written as an absolute path, since workers may have another working folder. */
export function dataSpec(options: DataOptions): Readonly<Record<string, unknown>> {
  const { data, trainImages } = options;
  return { name: dataName(data), ...(trainImages === undefined ? {} : { trainImages }), ...imageRule(options) };
}

export function dataName(data: string): string {
  const known = listDatasets().some(({ name }) => name === data);
  return !known && !isAbsolute(data) && existsSync(data) ? resolve(data) : data;
}

/** The folder that holds the data, if it is given as one. */
export function dataFolder(data: string): string | undefined {
  const name = dataName(data);
  return isAbsolute(name) ? name : undefined;
}

/** A short name for files made from this data. */
export function dataLabel(data: string): string {
  return basename(resolve(data)).replace(/[^A-Za-z0-9._-]+/g, '-');
}
