/**
 * A number with so many decimals, rounded half away from zero as its decimal form is read, not its
 * binary one: 0.83375 and 100 × 0.83375 give `0.8338` and `83.38`, where `toFixed` gives 0.8337 for
 * the first. Every mean, share and rank that people read goes through here, so that one quantity is
 * written alike everywhere.
 */
export function formatFixed(value: number, decimals: number): string {
  // What lies beyond twelve digits is rounding of sums.
  const [digits = '', exponent = '0'] = String(Math.abs(Number(value.toPrecision(12)))).split('e');
  const scaled = Math.round(Number(`${digits}e${Number(exponent) + decimals}`));
  if (!Number.isSafeInteger(scaled)) return value.toFixed(decimals);
  const text = (scaled / 10 ** decimals).toFixed(decimals);
  return value < 0 && scaled !== 0 ? `-${text}` : text;
}

/** A fraction as per cent with two decimals: 0.8675 is `86.75 %`. */
export function formatPercent(fraction: number): string {
  return `${formatFixed(100 * fraction, 2)} %`;
}

/** Seconds as people read them: `0.8 s`, `42 s`, `3 min 05 s`, `2 h 07 min`. */
export function formatSeconds(seconds: number): string {
  if (seconds < 10) return `${seconds.toFixed(1)} s`;
  const whole = Math.round(seconds);
  if (whole < 60) return `${whole} s`;
  if (whole < 3600) return `${Math.floor(whole / 60)} min ${String(whole % 60).padStart(2, '0')} s`;
  const minutes = Math.round(whole / 60);
  return `${Math.floor(minutes / 60)} h ${String(minutes % 60).padStart(2, '0')} min`;
}

/** Bytes in decimal units: `812 B`, `42.1 kB`, `3.4 MB`. */
export function formatBytes(bytes: number): string {
  if (bytes < 1000) return `${bytes} B`;
  if (bytes < 1e6) return `${(bytes / 1e3).toFixed(1)} kB`;
  if (bytes < 1e9) return `${(bytes / 1e6).toFixed(1)} MB`;
  return `${(bytes / 1e9).toFixed(1)} GB`;
}

/** Whole numbers with thin groups of three: 41802 is `41 802`. */
export function formatCount(count: number): string {
  return String(Math.round(count)).replace(/\B(?=(\d{3})+(?!\d))/g, '\u202f');
}
