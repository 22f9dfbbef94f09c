/** Bytes as people read them: `812 MiB`, `1.3 GiB`. */
export function sizeText(bytes: number): string {
  const gibibyte = 2 ** 30;
  return bytes < gibibyte ? `${Math.round(bytes / 2 ** 20)} MiB` : `${(bytes / gibibyte).toFixed(1)} GiB`;
}
