import type { CloudEvent } from '../cloud-event.js';

/**
 * The event that a message holds; undefined if it holds none, such as one that somebody else
 * published under the same subject.
 */
export function readEvent(text: string): CloudEvent | undefined {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  return isEvent(value) ? value : undefined;
}

function isEvent(value: unknown): value is CloudEvent {
  if (typeof value !== 'object' || value === null) return false;
  return ['id', 'source', 'type', 'subject', 'time'].every((name) => typeof Reflect.get(value, name) === 'string');
}
