import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';

/** What made a report, such as `oneshot 0.1.0, onnxruntime 1.23.0, Node 20.19.0`. */
export function softwareVersions(): string {
  const onnx = createRequire(import.meta.resolve('@oneshot/onnx'));
  return [
    `oneshot ${versionIn(new URL('../../package.json', import.meta.url))}`,
    `onnxruntime ${versionIn(join(packageFolder(onnx.resolve('onnxruntime-node')), 'package.json'))}`,
    `Node ${process.versions.node}`,
  ].join(', ');
}

/** The folder of the package that a resolved file belongs to. */
function packageFolder(file: string): string {
  return file.slice(0, file.lastIndexOf('/onnxruntime-node/') + '/onnxruntime-node'.length);
}

function versionIn(file: URL | string): string {
  const description: unknown = JSON.parse(readFileSync(file, 'utf8'));
  const known = typeof description === 'object' && description !== null && 'version' in description;
  return known ? String(description.version) : 'unknown';
}
