export type Unit = 'account' | 'person';

export const unit = (of: Unit): string => (of === 'account' ? 'accounts' : 'people');
export const unitZh = (of: Unit): string => (of === 'account' ? '客户' : '人员');
export const counted = (count: string, noun: string): string => `${count} ${noun}${count === '1' ? '' : 's'}`;
