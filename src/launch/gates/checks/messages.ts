import type { CheckResult } from '../schema.ts';

/** A result with its figures written: what stands in a sentence. */
export type Said = { code: CheckResult['code']; state: CheckResult['state']; have: string; need: string; of: string; names: string };

export const whyEn = ({ code, state, have, need, of, names }: Said): string =>
  ({
    not_set: 'Nobody has said how it stands',
    set: { ready: 'Ready; no evidence is named', at_risk: 'At risk; no evidence is named', not_ready: 'Not ready' }[state],
    no_positioning: 'No positioning is saved: nobody has said what only we have',
    no_differentiator: 'The positioning does not say what only we have',
    no_evidence: 'What only we have is named without evidence (needs 1 with source and day)',
    differentiator_proven: `What only we have is named, evidence: ${have}`,
    no_persona: 'No persona is named on the launch',
    no_segment: 'No segment is named on the launch',
    segments_empty: `No account is in ${names} today`,
    audience_sized: `Accounts in its segments today: ${have}${names ? `; none in ${names}` : ''}`,
    no_goal: 'No goal is registered (needs 1)',
    no_baseline: need === '1' ? 'The goal has no baseline' : `None of the ${need} goals has a baseline`,
    goals_registered: `Goals with a baseline: ${have} of ${need}`,
    no_required_deliverable: 'The bill of materials names nothing as required',
    deliverables_dropped: `${have} of ${need} required deliverables signed; dropped: ${names}`,
    deliverables_unsigned: `${have} of ${need} required deliverables signed; missing: ${names}`,
    deliverables_signed: `${have} of ${need} required deliverables signed`,
    not_counted: 'Nobody has counted who is certified',
    too_few_certified: `${have} of ${of} certified (needs ${need})`,
    enough_certified: `${have} of ${of} certified (needs ${need})`,
    no_feedback: `No tester was heard in ${names}`,
    feedback_unread: `${have} of ${need} statements of testers taken in`,
    feedback_reviewed: `${have} of ${need} statements of testers taken in`,
  })[code];

export const whyZh = ({ code, state, have, need, of, names }: Said): string =>
  ({
    not_set: '还没有人说明状态',
    set: { ready: '就绪；未注明证据', at_risk: '有风险；未注明证据', not_ready: '未就绪' }[state],
    no_positioning: '还没有保存定位：没有人说明只有我们有什么',
    no_differentiator: '定位没有说明只有我们有什么',
    no_evidence: '差异点没有证据（需要 1 条，注明来源和日期）',
    differentiator_proven: `差异点已写明，证据 ${have} 条`,
    no_persona: '发布没有写明用户画像',
    no_segment: '发布没有写明细分市场',
    segments_empty: `${names} 目前没有客户`,
    audience_sized: `细分市场目前有 ${have} 个客户${names ? `；${names} 没有客户` : ''}`,
    no_goal: '还没有登记目标（需要 1 个）',
    no_baseline: `${need} 个目标都没有基线`,
    goals_registered: `${need} 个目标中 ${have} 个有基线`,
    no_required_deliverable: '物料清单没有必需项',
    deliverables_dropped: `${need} 项必需物料中 ${have} 项已签字；已放弃：${names}`,
    deliverables_unsigned: `${need} 项必需物料中 ${have} 项已签字；缺少：${names}`,
    deliverables_signed: `${need} 项必需物料中 ${have} 项已签字`,
    not_counted: '还没有人统计认证人数',
    too_few_certified: `${of} 人中 ${have} 人已认证（需要 ${need} 人）`,
    enough_certified: `${of} 人中 ${have} 人已认证（需要 ${need} 人）`,
    no_feedback: `${names}阶段没有试用者反馈`,
    feedback_unread: `${need} 条试用者反馈中 ${have} 条已处理`,
    feedback_reviewed: `${need} 条试用者反馈中 ${have} 条已处理`,
  })[code];
