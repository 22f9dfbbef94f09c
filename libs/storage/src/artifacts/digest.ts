/** Whether the text is a digest as artifacts are stored under: lower-case hex sha256. */
export function isArtifactDigest(text: string): boolean {
  return /^[0-9a-f]{64}$/.test(text);
}
