/** A temperature at the first epoch and at the last. */
export interface TemperatureSpan {
  readonly from: number;
  readonly to: number;
}

/** A straight line over the epochs, from 0 to `epochs` − 1. */
export function linearTemperature({ from, to }: TemperatureSpan): (epoch: number, epochs: number) => number {
  return (epoch, epochs) => (epochs > 1 ? from + ((to - from) * epoch) / (epochs - 1) : from);
}
