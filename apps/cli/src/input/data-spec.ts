import { existsSync } from 'node:fs';
import { basename, isAbsolute, resolve } from 'node:path';
import { type ImageRule, imageRuleOf, listDatasets } from '@oneshot/data';
import type { DataOptions, ImageRuleOptions } from './data-options.js';

/**
 * The `data` part of a spec. A folder is written as an absolute path, since workers may have
 * another working folder.
 */
export function dataSpec(options: DataOptions): Readonly<Record<string, unknown>> {
  const { data, trainImages } = options;
  return { name: dataName(data), ...(trainImages === undefined ? {} : { trainImages }), ...imageRule(options) };
}

/** How a folder of images is read, as its options say. */
export function imageRule({ imageSize, resize, skipUnreadable }: ImageRuleOptions): ImageRule {
  return imageRuleOf({ imageSize, resize, skipUnreadable });
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
