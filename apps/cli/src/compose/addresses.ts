import { Code, ServiceError } from '@oneshot/service-kit';

/**
 * The address a program was given of a service, if it is one: `host:port`. Throws ServiceError with
 * what to do otherwise.
 */
export function checkAddress(who: string, service: string, address: string | undefined): string {
  const how = `Give it with --${service} HOST:PORT or ONESHOT_${service.toUpperCase()}.`;
  if (address === undefined || address === '') {
    throw unusable('ADDRESS_MISSING', `The ${who} needs the address of the ${service}. ${how}`);
  }
  const port = Number(/^(?:\[[0-9a-fA-F:]+\]|[^\s:/]+):(\d{1,5})$/.exec(address)?.[1]);
  if (port >= 1 && port <= 65_535) return address;
  throw unusable('ADDRESS_INVALID', `"${address}" is no address of the ${service}. ${how}`);
}

function unusable(reason: string, message: string): ServiceError {
  return new ServiceError({ code: Code.FAILED_PRECONDITION, reason, message });
}
