import type { Category, AnnouncementLocale } from '../announcements/schema.ts';

type Words = {
  language: string;
  categories: Record<Category, string>;
  empty: string;
  feed: string;
  all: string;
  everyLanguage: string;
  languages: Record<AnnouncementLocale, string>;
  languagesLabel: string;
  newer: string;
  older: string;
  pages: string;
  for: (audience: string) => string;
  gone: string;
  goneText: string;
  /** How many are unread; # is the number. */
  unread: string;
  close: string;
};

const en: Words = {
  language: 'en',
  categories: { new: 'New', improved: 'Improved', fixed: 'Fixed', changed: 'Changed', deprecated: 'Deprecated' },
  empty: 'Nothing has been announced yet.',
  feed: 'Feed',
  all: 'All entries',
  everyLanguage: 'All languages',
  languages: { en: 'English', zh: '中文' },
  languagesLabel: 'Language of the entries',
  newer: 'Newer entries',
  older: 'Older entries',
  pages: 'Pages',
  for: (audience) => `For ${audience}`,
  gone: 'There is nothing at this address',
  goneText: 'The entry may have been taken back, or the address was not copied whole.',
  unread: '# new',
  close: 'Close',
};

const zh: Words = {
  language: 'zh-Hans',
  categories: { new: '新增', improved: '改进', fixed: '修复', changed: '变更', deprecated: '弃用' },
  empty: '还没有公告。',
  feed: '订阅',
  all: '全部公告',
  everyLanguage: '全部语言',
  languages: { en: 'English', zh: '中文' },
  languagesLabel: '公告语言',
  newer: '较新的公告',
  older: '较早的公告',
  pages: '分页',
  for: (audience) => `面向：${audience}`,
  gone: '此地址没有内容',
  goneText: '公告可能已撤回，或者地址没有复制完整。',
  unread: '# 条新公告',
  close: '关闭',
};

/** The words around the entries of a public page; they follow the changelog, not the reader's workspace. */
export const publicWords: Record<AnnouncementLocale, Words> = { en, zh };
