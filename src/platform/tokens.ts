import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';

/** 256 random bits, in letters that need no escaping in addresses and headers. */
export const newToken = (prefix = ''): string => prefix + randomBytes(32).toString('base64url');

/** What is stored instead of a token. Tokens have 256 bits, so a plain hash cannot be searched. */
export const hashToken = (token: string): string => createHash('sha256').update(token).digest('hex');

/** Whether two secrets are the same, in a time that does not tell where they differ. */
export const sameSecret = (left: string, right: string): boolean => {
  const [a, b] = [left, right].map((each) => createHash('sha256').update(each).digest());
  return timingSafeEqual(a!, b!);
};
