// The clock of this process is a year ahead.
const ahead = 365 * 24 * 60 * 60 * 1000;
const { now } = Date;
globalThis.Date = class extends Date {
  constructor(...given) {
    if (given.length === 0) super(now() + ahead);
    else super(...given);
  }
  static now() {
    return now() + ahead;
  }
};
