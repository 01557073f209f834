import type { Said } from './language.ts';

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

/**
 * The one error class. It says what was refused and what to do next, to people, in each language.
 * What only operators read (settings, the command line, logs) is one text, in English.
 */
export class Failure extends Error {
  readonly code: FailureCode;
  readonly said: Said;
  readonly details: unknown;

  constructor(code: FailureCode, said: Said | string, details?: unknown) {
    super(typeof said === 'string' ? said : said.en);
    this.name = 'Failure';
    this.code = code;
    this.said = typeof said === 'string' ? { en: said, zh: said } : said;
    this.details = details;
  }
}

/** What is told of what went wrong inside, which is logged. */
export const somethingWrong: Said = {
  en: 'Something went wrong here. The log of the server has the details.',
  zh: '这里出了问题。详情见服务器日志。',
};
