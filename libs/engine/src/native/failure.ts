import { EngineError } from '../errors.js';

const codeOf = (error: Error): unknown => ('code' in error ? error.code : undefined);

/** What a call into the addon threw, as the engine's own error. */
function engineError(error: Error): EngineError {
  if (error instanceof EngineError) return error;
  const { message } = error;
  if (message.includes('out of memory') || error instanceof RangeError) {
    return new EngineError(
      'out_of_memory',
      `The engine ran out of memory: ${message.replace(/^.*out of memory: /, '')}.`,
    );
  }
  if (codeOf(error) === 'InvalidArg') return new EngineError('invalid_argument', `Invalid argument ${message}`);
  return new EngineError('internal', `The native engine failed: ${message}`);
}

/**
 * Runs what calls the addon.
 * @throws EngineError `out_of_memory`, `invalid_argument` or `internal`, with the reason
 */
export function callingAddon<T>(call: () => T): T {
  try {
    return call();
  } catch (error) {
    throw error instanceof Error ? engineError(error) : error;
  }
}
