import {
  type BuildCampaignReportRequest,
  type CampaignMember,
  GetCampaignResponse,
  type Run,
} from '@oneshot/contracts';
import { type FieldFault, invalidArgument } from '@oneshot/service-kit';

type Parts = AsyncIterable<BuildCampaignReportRequest> | Iterable<BuildCampaignReportRequest>;

/** A campaign as it comes for a report: itself, then its members one after the other. */
export interface ReportInput {
  readonly campaign: Run;
  /** In the order of the campaign; to be read once. */
  readonly members: AsyncIterable<CampaignMember>;
}

/**
 * Reads the parts of a request in their order. INVALID_ARGUMENT if the campaign does not come
 * first, or comes twice.
 */
export async function readReportInput(parts: Parts): Promise<ReportInput> {
  const source = (async function* () {
    yield* parts;
  })();
  const first = await source.next();
  const part = first.done === true ? undefined : first.value.part;
  if (part?.$case !== 'campaign') throw invalidArgument([outOfOrder(part?.$case ?? 'nothing', 'the campaign first')]);
  return { campaign: part.value, members: membersOf(source) };
}

async function* membersOf(source: AsyncIterable<BuildCampaignReportRequest>): AsyncIterable<CampaignMember> {
  for await (const { part } of source) {
    if (part?.$case !== 'member') throw invalidArgument([outOfOrder(part?.$case ?? 'nothing', 'members')]);
    yield part.value;
  }
}

function outOfOrder(found: string, allowed: string): FieldFault {
  return { path: 'part', found, allowed, message: `found ${found}; allowed is ${allowed}` };
}

/**
 * The parts of a campaign that came as one message. INVALID_ARGUMENT, before any work, for one that
 * is not as GetCampaign tells it.
 */
export function partsOf(
  campaign: Readonly<Record<string, unknown>> | undefined,
): readonly BuildCampaignReportRequest[] {
  if (campaign === undefined) throw noCampaign('campaign', 'found nothing');
  const told = readTold(campaign);
  if (told.campaign === undefined) throw noCampaign('campaign.campaign', 'found nothing');
  const { twoStage } = campaign;
  const result = twoStage === undefined ? told.campaign.result : { ...told.campaign.result, twoStage };
  return [
    { part: { $case: 'campaign', value: { ...told.campaign, result } } },
    ...told.members.map((value): BuildCampaignReportRequest => ({ part: { $case: 'member', value } })),
  ];
}

function readTold(campaign: Readonly<Record<string, unknown>>): GetCampaignResponse {
  try {
    return GetCampaignResponse.fromJSON(campaign);
  } catch {
    throw noCampaign('campaign', 'it cannot be read');
  }
}

function noCampaign(path: string, trouble: string): Error {
  const allowed = 'a campaign as told by CoordinatorService.GetCampaign';
  return invalidArgument(
    [{ path, found: '', allowed, message: `${trouble}; allowed: ${allowed}` }],
    'INVALID_CAMPAIGN',
  );
}
