/** Whether Postgres refused a write because a unique value is taken (Drizzle wraps the driver's error). */
export const isUniqueViolation = (error: unknown): boolean => {
  const cause = error instanceof Error ? (error.cause ?? error) : error;
  return typeof cause === 'object' && cause !== null && 'code' in cause && cause.code === '23505';
};
