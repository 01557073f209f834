import { counted } from '../nouns.ts';

export const en = {
  work: {
    title: (overrides: number, behind: number, unused: number) => {
      const parts = [
        overrides > 0 && `${counted(String(overrides), 'criterion').replace('criterions', 'criteria')} let be at gates`,
        behind > 0 && `${counted(String(behind), 'deliverable')} late, dropped or never shipped`,
        unused > 0 && `${counted(String(unused), 'deliverable')} never used`,
      ].filter(Boolean);
      return parts.length > 0 ? parts.join(', ') : 'Every deliverable shipped in time';
    },
    subtitle: (shipped: string, all: string, unmeasured: number | null) => {
      const told = `${shipped} of ${all} deliverables shipped. `;
      if (unmeasured === null) return `${told}Of what was used afterwards, only announcements were measured`;
      const use = 'Use: files downloaded by members who did not add them, and short links to the same address followed';
      return unmeasured > 0 ? `${told}${use}; of ${counted(String(unmeasured), 'deliverable')} it cannot be told` : `${told}${use}`;
    },
    onlyGates: 'What stood at the gates with a reason instead of evidence',
    required: 'required',
    override: (criterion: string, stage: string, day: string, by: string, reason: string) =>
      `“${criterion}” was let be at the gate of ${stage} on ${day} by ${by}, because: ${reason}`,
    dropped: (name: string, reason: string) => `${name}: dropped${reason ? `, because: ${reason}` : ''}`,
    late: (name: string, days: string, shipped: string, due: string) => `${name}: ${days} late, shipped ${shipped}, due ${due}`,
    used: (name: string, downloads: string, clicks: string, last: string) =>
      `${name}: ${counted(downloads, 'download')}, ${counted(clicks, 'click')} on short links; last used ${last}`,
    unused: (name: string, since: string) => `${name}: never used since it is counted (${since})`,
    open: (name: string, status: string, due: string) => `${name}: never shipped (${status.toLowerCase()}), due ${due}`,
  },
};

export const zh: typeof en = {
  work: {
    title: (overrides, behind, unused) => {
      const parts = [
        overrides > 0 && `关卡豁免 ${overrides} 项`,
        behind > 0 && `${behind} 项物料逾期、取消或从未发布`,
        unused > 0 && `${unused} 项物料从未被使用`,
      ].filter(Boolean);
      return parts.length > 0 ? parts.join('，') : '所有物料按时发布';
    },
    subtitle: (shipped, all, unmeasured) => {
      const told = `${all} 项物料中已发布 ${shipped} 项；`;
      if (unmeasured === null) return `${told}之后的使用只测量公告`;
      const use = '使用次数指添加者以外的成员下载文件，以及指向同一地址的短链接被点击的次数';
      return unmeasured > 0 ? `${told}${use}；有 ${unmeasured} 项无从得知` : `${told}${use}`;
    },
    onlyGates: '在关卡以理由代替证据的条件',
    required: '必需',
    override: (criterion, stage, day, by, reason) => `${day} 由 ${by} 在“${stage}”关卡豁免“${criterion}”，原因：${reason}`,
    dropped: (name, reason) => `${name}：已取消${reason ? `，原因：${reason}` : ''}`,
    late: (name, days, shipped, due) => `${name}：逾期 ${days}，${shipped} 发布，应于 ${due}`,
    used: (name, downloads, clicks, last) => `${name}：下载 ${downloads} 次，短链接点击 ${clicks} 次；最近使用于 ${last}`,
    unused: (name, since) => `${name}：自 ${since} 开始计数以来从未被使用`,
    open: (name, status, due) => `${name}：从未发布（${status}），应于 ${due}`,
  },
};
