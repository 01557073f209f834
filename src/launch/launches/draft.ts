import type { Eligibility, Launch } from './schema.ts';

/** The launch as its form holds it: empty fields as empty text. */
export type Draft = {
  name: string;
  tier: string;
  stage: Launch['stage'];
  readyDate: string | null;
  marketDate: string | null;
  featureId: string | null;
  plans: string[];
  segments: string[];
  createdBeforeMarketDate: boolean;
  brief: string;
};

export type Fields = Pick<Launch, 'name' | 'tier' | 'stage' | 'readyDate' | 'marketDate' | 'brief'> & {
  featureId: string | null;
  eligibility: Eligibility;
};

export const draftOf = (launch?: Launch): Draft => ({
  name: launch?.name ?? '',
  tier: String(launch?.tier ?? 2),
  stage: launch?.stage ?? 'concept',
  readyDate: launch?.readyDate ?? null,
  marketDate: launch?.marketDate ?? null,
  featureId: launch?.feature?.id ?? null,
  plans: launch?.eligibility.plans ?? [],
  segments: launch?.eligibility.segments ?? [],
  createdBeforeMarketDate: launch?.eligibility.createdBeforeMarketDate ?? true,
  brief: launch?.brief ?? '',
});

export const fieldsOf = (draft: Draft): Fields => ({
  name: draft.name,
  tier: Number(draft.tier),
  stage: draft.stage,
  readyDate: draft.readyDate,
  marketDate: draft.marketDate ?? '',
  featureId: draft.featureId,
  brief: draft.brief,
  eligibility: { plans: draft.plans, segments: draft.segments, createdBeforeMarketDate: draft.createdBeforeMarketDate },
});
