import type { TestApplication } from '../../../test/application.ts';
import type { CriterionKind, CriterionPlan, Gate, Gates, GateStage } from './schema.ts';

export const criterion = (kind: CriterionKind, more: Partial<CriterionPlan> = {}): CriterionPlan => ({
  kind,
  function: 'product_marketing',
  text: kind === 'manual' ? 'Prices agreed' : '',
  required: true,
  leadDays: 5,
  threshold: null,
  ...more,
});

/** A launch, a month before its market date, with one gate of these criteria; of the market unless another stage is named. */
export const openLaunch = async (
  app: TestApplication,
  name: string,
  criteria: CriterionPlan[],
  { stage = 'beta', fields = {} }: { stage?: GateStage; fields?: object } = {},
) => {
  const opened = await app.workspace(name);
  const { key: launch } = await opened.client.launches.create({ name: 'Smart Handoff', marketDate: '2026-07-01', stage, ...fields });
  await opened.client.gates.create({ launch, plans: [{ stage, leadDays: 4, criteria }] });
  const read = async () => gateOf(await opened.client.gates.list({ launch }), stage);
  const find = async (kind: CriterionKind) => criterionOf(await read(), kind);
  return { ...opened, launch, read, find };
};

export const gateOf = ({ gates }: Gates, stage: GateStage): Gate => gates.find((gate) => gate.stage === stage)!;
export const criterionOf = ({ criteria }: Gate, kind: CriterionKind) => criteria.find((each) => each.kind === kind)!;

export const proof = { what: '34 of 40 teams lost work at a handoff', source: 'Interviews', day: '2026-05-20' };
export const said = { forWhom: 'Operations leads', differentiator: 'Packs decisions and files into a brief' };
