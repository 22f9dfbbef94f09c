/** A command-line option that must be a whole number from 1; faults go into the list. */
export function countOption(name: string, text: string | undefined, preset: number, faults: string[]): number {
  const value = Number(text ?? preset);
  if (!Number.isInteger(value) || value < 1) faults.push(`--${name}: found "${text}"; allowed: whole numbers from 1`);
  return value;
}
