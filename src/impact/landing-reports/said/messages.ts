import { counted } from '../nouns.ts';

export const en = {
  said: {
    title: (said: number, announced: number, unopened: number) => {
      const parts = [
        said > 0 ? `${counted(String(said), 'statement')} since the market date` : 'Nobody was heard since the market date',
        announced > 0 &&
          (unopened > 0
            ? `${unopened} of ${counted(String(announced), 'announcement')} never opened`
            : `${counted(String(announced), 'announcement')} opened`),
      ].filter(Boolean);
      return parts.join(', ');
    },
    subtitle: 'Openings of announcements are times, not people, without bots',
    shown: (shown: string, all: string) => `${shown} of ${all} statements are shown, the newest`,
    statement: (quote: string, who: string, day: string, verdict: string) => `“${quote}” (${who}, ${day}; ${verdict.toLowerCase()})`,
    opened: (title: string, day: string, views: string, clicks: string) =>
      `Announcement “${title}”, ${day}: opened ${views} times, its link followed ${clicks} times`,
    unopened: (title: string, day: string) => `Announcement “${title}”, ${day}: never opened`,
  },
};

export const zh: typeof en = {
  said: {
    title: (said, announced, unopened) =>
      [
        said > 0 ? `上市以来有 ${said} 条反馈` : '上市以来没有收到反馈',
        announced > 0 && (unopened > 0 ? `${announced} 篇公告中 ${unopened} 篇从未被打开` : `${announced} 篇公告已被打开`),
      ]
        .filter(Boolean)
        .join('，'),
    subtitle: '公告的打开次数按次计，不按人计，不含机器人',
    shown: (shown, all) => `显示 ${all} 条反馈中最新的 ${shown} 条`,
    statement: (quote, who, day, verdict) => `“${quote}”（${who}，${day}；${verdict}）`,
    opened: (title, day, views, clicks) => `公告“${title}”，${day}：打开 ${views} 次，链接点击 ${clicks} 次`,
    unopened: (title, day) => `公告“${title}”，${day}：从未被打开`,
  },
};
