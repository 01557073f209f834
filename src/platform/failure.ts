/** Every way in which Landfall refuses; the HTTP status and the exit code of the command line follow from it. */
export const failureCodes = {
  invalid: { status: 400, exit: 2 },
  unauthenticated: { status: 401, exit: 3 },
  forbidden: { status: 403, exit: 3 },
  not_found: { status: 404, exit: 4 },
  conflict: { status: 409, exit: 5 },
  too_large: { status: 413, exit: 2 },
  too_many: { status: 429, exit: 6 },
  unavailable: { status: 503, exit: 6 },
} as const;

export type FailureCode = keyof typeof failureCodes;

/** The one error class. The message says what was refused and what to do next; it is shown to people. */
export class Failure extends Error {
  readonly code: FailureCode;
  readonly details: unknown;

  constructor(code: FailureCode, message: string, details?: unknown) {
    super(message);
    this.name = 'Failure';
    this.code = code;
    this.details = details;
  }
}
