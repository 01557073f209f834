import { Failure } from '../../../platform/failure.ts';

const isPlain = (text: string) => /^\s*[[{]/.test(text);

/**
 * What a form carries as `data`: JSON, or base64 of it or of gzip. Bytes that are no form, whatever they call themselves, are handed back.
 */
export const unwrapForm = (bytes: Buffer, compression: string | undefined): Buffer => {
  const isForm = bytes.subarray(0, 5).toString('latin1') === 'data=';
  if (compression === 'lz64') throw new Failure('invalid', 'This compression (lz64) is not read here. Send JSON, plain or as gzip.');
  if (!isForm && compression !== 'base64') return bytes;
  const text = isForm ? (new URLSearchParams(bytes.toString('utf8')).get('data') ?? '') : bytes.toString('utf8');
  return isPlain(text) ? Buffer.from(text) : Buffer.from(text.replaceAll(' ', '+'), 'base64');
};
