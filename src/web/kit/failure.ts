/** What went wrong, in the one shape that every door of Landfall answers with. */
export type FailureShape = { code: string; message: string; details?: unknown };

/**
 * Turns whatever was thrown into that shape. The message of a server's failure is written for the reader and is kept;
 * a lost connection has no message worth reading, so it gets the code `unreachable` and the page's own words.
 */
export function toFailure(error: unknown): FailureShape {
  if (typeof error !== 'object' || error === null) return { code: 'unexpected', message: String(error) };
  const thrown = error as { code?: unknown; message?: unknown; data?: unknown; details?: unknown };
  if (error instanceof TypeError && /fetch|network|load failed/i.test(error.message)) return { code: 'unreachable', message: '' };
  // Upper-case codes come from the transport itself and their messages are not written for a reader.
  if (typeof thrown.code === 'string' && thrown.code === thrown.code.toLowerCase())
    return { code: thrown.code, message: typeof thrown.message === 'string' ? thrown.message : '', details: thrown.details ?? thrown.data };
  if (typeof thrown.code === 'string') return { code: thrown.code.toLowerCase(), message: '' };
  return { code: 'unexpected', message: '' };
}
