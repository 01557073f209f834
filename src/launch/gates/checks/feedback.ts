import { type GateStage, gateStages } from '../schema.ts';
import { type Facts, found } from './facts.ts';

/** The stages with testers that end at or before a gate: alpha and beta; before alpha, those who were asked about the concept. */
const testedBefore = (gate: GateStage): GateStage[] =>
  gate === 'concept' ? ['concept'] : gateStages.slice(1, gateStages.indexOf(gate) + 1).filter((stage) => stage !== 'ga');

/** Testers of each stage were heard, and somebody has taken in what they said. */
export const checkFeedback = ({ statements }: Facts, gate: GateStage) => {
  const stages = testedBefore(gate);
  const heard = statements.filter(({ stage }) => stages.includes(stage));
  const silent = stages.filter((wanted) => !heard.some(({ stage }) => stage === wanted));
  if (silent.length > 0)
    return found('not_ready', 'no_feedback', { have: stages.length - silent.length, need: stages.length, names: silent });
  const have = heard.filter(({ reviewedAt }) => reviewedAt !== null).length;
  const need = heard.length;
  return have < need ? found('at_risk', 'feedback_unread', { have, need }) : found('ready', 'feedback_reviewed', { have, need });
};
