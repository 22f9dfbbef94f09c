/** The reason under which a run tells that a disk is full; it is waited out. */
export const diskFullReason = 'DISK_FULL';

/** Whether a file could not be written because its disk or quota is exhausted. */
export function isDiskFull(error: unknown): boolean {
  return error instanceof Error && 'code' in error && (error.code === 'ENOSPC' || error.code === 'EDQUOT');
}
