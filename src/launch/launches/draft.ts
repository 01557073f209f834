import type { Eligibility, Launch } from './schema.ts';

/** The launch as its form holds it: empty fields as empty text. */
export type Draft = {
  name: string;
  tier: string;
  stage: Launch['stage'];
  readyDate: string | null;
  marketDate: string | null;
  featureId: string | null;
  moreFeatureIds: string[];
  personas: string[];
  job: string;
  languages: string[];
  regions: string[];
  productOwnerId: string | null;
  marketingOwnerId: string | null;
  plans: string[];
  segments: string[];
  createdBeforeMarketDate: boolean;
  brief: string;
};

export type Fields = Omit<Draft, 'tier' | 'marketDate' | 'plans' | 'segments' | 'createdBeforeMarketDate'> & {
  tier: number;
  marketDate: string;
  eligibility: Eligibility;
};

export const draftOf = (launch?: Launch): Draft => ({
  name: launch?.name ?? '',
  tier: String(launch?.tier ?? 2),
  stage: launch?.stage ?? 'concept',
  readyDate: launch?.readyDate ?? null,
  marketDate: launch?.marketDate ?? null,
  featureId: launch?.feature?.id ?? null,
  moreFeatureIds: launch?.moreFeatures.map(({ id }) => id) ?? [],
  personas: launch?.personas ?? [],
  job: launch?.job ?? '',
  languages: launch?.languages ?? [],
  regions: launch?.regions ?? [],
  productOwnerId: launch?.productOwner?.id ?? null,
  marketingOwnerId: launch?.marketingOwner?.id ?? null,
  plans: launch?.eligibility.plans ?? [],
  segments: launch?.eligibility.segments ?? [],
  createdBeforeMarketDate: launch?.eligibility.createdBeforeMarketDate ?? true,
  brief: launch?.brief ?? '',
});

export const fieldsOf = ({ tier, marketDate, plans, segments, createdBeforeMarketDate, ...draft }: Draft): Fields => ({
  ...draft,
  tier: Number(tier),
  marketDate: marketDate ?? '',
  eligibility: { plans, segments, createdBeforeMarketDate },
});
