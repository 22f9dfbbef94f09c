import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Finding } from './finding.js';

/** onnxruntime, which scores models: whether its binary loads here, and its version. */
export async function onnxruntimeFinding(): Promise<Finding> {
  const what = 'onnxruntime';
  try {
    await import('@oneshot/onnx');
    return { what, found: runtimeVersion(), state: 'well' };
  } catch (error) {
    const found = error instanceof Error ? (error.message.split('\n')[0] ?? error.name) : String(error);
    return { what, found, state: 'problem', advice: 'Install the packages again: `npm ci`.' };
  }
}

function runtimeVersion(): string {
  const fromOnnxRoom = createRequire(import.meta.resolve('@oneshot/onnx'));
  const description: unknown = JSON.parse(readFileSync(fromOnnxRoom.resolve('onnxruntime-node/package.json'), 'utf8'));
  const hasVersion = typeof description === 'object' && description !== null && 'version' in description;
  return hasVersion ? String(description.version) : 'of unknown version';
}
