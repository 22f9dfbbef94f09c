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

/** Reads the parts of a request in their order. INVALID_ARGUMENT if the campaign does not come first, or comes twice. */
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

/** The parts of a campaign that came as one message. */
export function* partsOf(
  campaign: Readonly<Record<string, unknown>> | undefined,
): Iterable<BuildCampaignReportRequest> {
  if (campaign === undefined) throw invalidArgument([missing]);
  const told = GetCampaignResponse.fromJSON(campaign);
  const { twoStage } = campaign;
  if (told.campaign !== undefined) {
    const result = twoStage === undefined ? told.campaign.result : { ...told.campaign.result, twoStage };
    yield { part: { $case: 'campaign', value: { ...told.campaign, result } } };
  }
  for (const member of told.members) yield { part: { $case: 'member', value: member } };
}

const missing: FieldFault = {
  path: 'campaign',
  found: '',
  allowed: 'a campaign as told by CoordinatorService.GetCampaign',
  message: 'found nothing; allowed: a campaign as told by CoordinatorService.GetCampaign',
};
