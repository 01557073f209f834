import { ORPCError } from '@orpc/client';
import { expect, test } from 'vitest';
import { toFailure } from './failure.ts';

test('a failure of the server keeps its message and details', () => {
  const error = new ORPCError('conflict', { message: 'Jonas changed this at 14:18.', data: { version: 3 } });
  expect(toFailure(error)).toEqual({ code: 'conflict', message: 'Jonas changed this at 14:18.', details: { version: 3 } });
});

test('a lost connection, a transport error and a broken page leave the words to the page', () => {
  expect(toFailure(new TypeError('Failed to fetch'))).toEqual({ code: 'unreachable', message: '' });
  expect(toFailure(new ORPCError('INTERNAL_SERVER_ERROR'))).toMatchObject({ code: 'internal_server_error', message: '' });
  expect(toFailure(new ORPCError('unavailable', { message: '' }))).toMatchObject({ code: 'unavailable', message: '' });
  expect(toFailure(new TypeError('x is undefined'))).toEqual({ code: 'unexpected', message: '' });
});
