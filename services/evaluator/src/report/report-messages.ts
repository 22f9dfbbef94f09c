import type { BuildCampaignReportRequest, BuildReportResponse } from '@oneshot/contracts';
import type { SentError } from '@oneshot/jobs';

/** What a thread that builds a report is given. */
export interface ReportThreadData {
  /** `host:port` of the registry. */
  readonly registry: string;
}

export type ToReportThread =
  | { readonly kind: 'part'; readonly part: BuildCampaignReportRequest }
  /** There are no more parts. */
  | { readonly kind: 'end' };

export type FromReportThread =
  /** A part is no longer waiting. */
  | { readonly kind: 'taken' }
  | { readonly kind: 'built'; readonly response: BuildReportResponse }
  | { readonly kind: 'failed'; readonly error: SentError };
