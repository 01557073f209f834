import type { AdoptionGoal, Eligibility, Launch } from './schema.ts';

/** The launch as its form holds it: shares in percent, empty fields as empty text. */
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
  hasGoal: boolean;
  unit: AdoptionGoal['unit'];
  target: number | '';
  horizonDays: string;
  day30: number | '';
  day60: number | '';
  minimumSample: number;
  brief: string;
};

export type Fields = Pick<Launch, 'name' | 'tier' | 'stage' | 'readyDate' | 'marketDate' | 'brief'> & {
  featureId: string | null;
  eligibility: Eligibility;
  goal: AdoptionGoal | null;
};

const percent = (share: number | null | undefined): number | '' => (share == null ? '' : Math.round(share * 10_000) / 100);
const share = (value: number | ''): number | null => (value === '' ? null : Math.round(value * 100) / 10_000);

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
  hasGoal: launch ? launch.goal !== null : true,
  unit: launch?.goal?.unit ?? 'account',
  target: percent(launch?.goal?.target),
  horizonDays: String(launch?.goal?.horizonDays ?? 90),
  day30: percent(launch?.goal?.marks.day30),
  day60: percent(launch?.goal?.marks.day60),
  minimumSample: launch?.goal?.minimumSample ?? 20,
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
  goal: draft.hasGoal
    ? {
        unit: draft.unit,
        target: share(draft.target) ?? 0,
        horizonDays: Number(draft.horizonDays) as AdoptionGoal['horizonDays'],
        marks: { day30: share(draft.day30), day60: share(draft.day60) },
        minimumSample: draft.minimumSample,
      }
    : null,
});
