import { counted } from '../nouns.ts';

export const en = {
  work: {
    title: (overrides: number, behind: number) => {
      const parts = [
        overrides > 0 && `${counted(String(overrides), 'criterion').replace('criterions', 'criteria')} let be at gates`,
        behind > 0 && `${counted(String(behind), 'deliverable')} late, dropped or never shipped`,
      ].filter(Boolean);
      return parts.length > 0 ? parts.join(', ') : 'Every deliverable shipped in time';
    },
    subtitle: (shipped: string, all: string) =>
      `${shipped} of ${all} deliverables shipped. Of what was used afterwards, only announcements are measured`,
    onlyGates: 'What stood at the gates with a reason instead of evidence',
    required: 'required',
    override: (criterion: string, stage: string, day: string, by: string, reason: string) =>
      `“${criterion}” was let be at the gate of ${stage} on ${day} by ${by}, because: ${reason}`,
    dropped: (name: string, reason: string) => `${name}: dropped${reason ? `, because: ${reason}` : ''}`,
    late: (name: string, days: string, shipped: string, due: string) => `${name}: ${days} late, shipped ${shipped}, due ${due}`,
    open: (name: string, status: string, due: string) => `${name}: never shipped (${status.toLowerCase()}), due ${due}`,
  },
};

export const zh: typeof en = {
  work: {
    title: (overrides, behind) => {
      const parts = [overrides > 0 && `关卡豁免 ${overrides} 项`, behind > 0 && `${behind} 项物料逾期、取消或从未发布`].filter(Boolean);
      return parts.length > 0 ? parts.join('，') : '所有物料按时发布';
    },
    subtitle: (shipped, all) => `${all} 项物料中已发布 ${shipped} 项；之后的使用只测量公告`,
    onlyGates: '在关卡以理由代替证据的条件',
    required: '必需',
    override: (criterion, stage, day, by, reason) => `${day} 由 ${by} 在“${stage}”关卡豁免“${criterion}”，原因：${reason}`,
    dropped: (name, reason) => `${name}：已取消${reason ? `，原因：${reason}` : ''}`,
    late: (name, days, shipped, due) => `${name}：逾期 ${days}，${shipped} 发布，应于 ${due}`,
    open: (name, status, due) => `${name}：从未发布（${status}），应于 ${due}`,
  },
};
