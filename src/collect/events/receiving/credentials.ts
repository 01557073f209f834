import { type Body, isObject } from './json.ts';

const asWritten = (base64: string) => Buffer.from(base64, 'base64').toString('utf8').split(':', 1)[0];

/** The write key of a request to Segment's API: the user of Basic authorization, with or without the colon, or a bearer. */
export const headerToken = (authorization: string | undefined): string | undefined => {
  const [, scheme, value = ''] = /^(Basic|Bearer)\s+(\S+)\s*$/i.exec(authorization ?? '') ?? [];
  const token = scheme?.toLowerCase() === 'basic' ? asWritten(value) : value;
  return token || undefined;
};

/** The write key in the body, where no header carries one. */
export const segmentToken = ({ value }: Body): string | undefined =>
  isObject(value) && typeof value.writeKey === 'string' && value.writeKey ? value.writeKey : undefined;
