import { listSupportedBackends } from 'onnxruntime-node';
import { OnnxError } from './error.js';

/**
 * Names of onnxruntime's execution providers that this installation brings along; `cpu` is always
 * among them.
 */
export function availableProviders(): readonly string[] {
  return listSupportedBackends()
    .filter(({ bundled }) => bundled)
    .map(({ name }) => name);
}

/** @throws OnnxError `provider_unavailable`, naming those there are */
export function checkProvider(provider: string): string {
  const available = availableProviders();
  if (available.includes(provider)) return provider;
  throw new OnnxError('provider_unavailable', 'provider', provider, available.join(', '));
}
