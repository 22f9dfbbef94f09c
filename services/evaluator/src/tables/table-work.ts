import type { TableInput, TableTask } from '@oneshot/evaluation';

/** What the thread that makes files of tables is given. */
export interface TableWork {
  readonly task: TableTask;
  readonly tables: readonly TableInput[];
  /** What makes the files, for reports. */
  readonly software: string;
}
