import { statSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import type { PixelConvention } from '@oneshot/onnx';
import { badInput } from '../failure.js';
import { isId } from '../runs/find.js';

/** What a command was given as a model, and the data to score it on. */
export type ModelArgument =
  | { readonly kind: 'file'; readonly path: string; readonly data: string }
  /** Without data it is what the registry says that the model was trained on. */
  | { readonly kind: 'id'; readonly id: string; readonly data: string | undefined };

interface Given {
  readonly data: string | undefined;
  /** What the model takes for pixels; undefined: the file must tell. */
  readonly pixels: PixelConvention | undefined;
}

/**
 * Reads what names a model: an id of the registry, or an ONNX file. A file that cannot be scored is
 * refused here, before anything is started or stored; one that tells its data set needs no other.
 */
export async function modelArgument(text: string, { data, pixels }: Given): Promise<ModelArgument> {
  const entry = statSync(text, { throwIfNoEntry: false });
  if (entry?.isFile()) {
    const own = await checkFile(text, pixels);
    return { kind: 'file', path: text, data: data ?? own ?? unknownData(text) };
  }
  if (entry === undefined && isId(text)) return { kind: 'id', id: text, data };
  const found = entry === undefined ? `There is no file "${text}"` : `"${text}" is no file`;
  throw badInput(
    `${found}: a model is named by the path of an ONNX file, or by its id in the registry (oneshot list models).`,
  );
}

/** @returns the data set that the file says it was trained on, if it says so */
async function checkFile(file: string, pixels: PixelConvention | undefined): Promise<string | undefined> {
  const { OnnxError, pixelConvention, readProperties } = await import('@oneshot/onnx');
  try {
    const properties = readProperties(await readFile(file), file);
    if (pixels === undefined) pixelConvention(properties, file);
    return properties.get('oneshot.dataset');
  } catch (error) {
    if (!(error instanceof OnnxError)) throw error;
    const { field, found, allowed } = error;
    throw badInput('The model cannot be used.', [{ path: field, found, allowed, message: '' }]);
  }
}

function unknownData(file: string): never {
  throw badInput(`${file} does not tell which data set it was trained on: name one with --data.`);
}
