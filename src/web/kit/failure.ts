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
  if (typeof thrown.code === 'string') {
    const code = thrown.code.toLowerCase();
    // Upper-case codes come from the transport itself, and a message that repeats the code says nothing to a reader.
    const written = code === thrown.code && typeof thrown.message === 'string' && thrown.message !== code;
    return { code, message: written ? (thrown.message as string) : '', details: thrown.details ?? thrown.data };
  }
  return { code: 'unexpected', message: '' };
}
