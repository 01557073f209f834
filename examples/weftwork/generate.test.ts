import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { beforeAll, describe, expect, test } from 'vitest';
import { shareInterval } from '../../src/methods/numeric/share-interval.ts';
import { day, dayText, instant, localDay, timeZone } from './calendar.ts';
import { accountFigures, figuresOf, measuredDays } from './expected.ts';
import { weftwork, type Company } from './generate.ts';
import { launches } from './planted.ts';
import { dayNumberInUtc, recount } from './recount.fixture.ts';
import { eventRows, tableRows, type EventRow } from './rows.ts';
import { truths, verdicts } from './truths.ts';

let company: Company;
let events: EventRow[];
beforeAll(() => {
  company = weftwork();
  events = [...eventRows(company)];
});

describe('the company of the committed seed', () => {
  test('has the truths that truths.json holds', () => {
    const file = new URL('truths.json', import.meta.url);
    if (process.env.WRITE_TRUTHS) writeFileSync(file, `${JSON.stringify(truths(company), null, 2)}\n`);
    expect(truths(company)).toEqual(JSON.parse(readFileSync(file, 'utf8')));
  });

  test('is the same whenever it is made', () => {
    const print = (one: Company, rows: Iterable<EventRow>) => {
      const hash = createHash('sha256').update(JSON.stringify(tableRows(one)));
      for (const row of rows) hash.update(JSON.stringify(row));
      return hash.digest('hex');
    };
    const again = weftwork();
    expect(print(again, eventRows(again))).toBe(print(company, events));
  });

  test('is of the size that its story tells', () => {
    expect(company.accounts.length).toBeGreaterThan(400);
    expect(company.people.length).toBeGreaterThan(12_000);
    expect(events.length).toBeGreaterThan(300_000);
    expect(new Set(events.map((event) => event.id)).size).toBe(events.length);
    const times = events.map((event) => event.at).toSorted();
    expect(localDay(Date.parse(`${times[0]!.replace(' ', 'T')}Z`))).toBe(day('2025-05-01'));
    expect(dayText(localDay(Date.parse(`${times.at(-1)!.replace(' ', 'T')}Z`)))).toBe('2026-10-31');
  });

  test.each(launches)('adoption of $name, counted from the rows alone, is the adoption that was drawn', (launch) => {
    const counted = recount(company, launch, events);
    const drawn = figuresOf(company).find((one) => one.launch === launch.key)!;
    for (const mark of drawn.marks) {
      const { accounts, people } = counted(mark.day);
      expect(accounts).toEqual({ eligible: mark.accounts.eligible, adopted: mark.accounts.adopted });
      expect(people).toEqual({ eligible: mark.people.eligible, adopted: mark.people.adopted });
    }
  });

  test('the intervals of the three launches hold their true chances and give the verdicts of the story', () => {
    for (const launch of launches) {
      const last = measuredDays[launch.key].at(-1)!;
      for (const mark of measuredDays[launch.key]) {
        const { adopted, eligible, trueChance } = accountFigures(company, launch, mark);
        const interval = shareInterval(adopted, eligible);
        if ('refused' in interval) throw new Error('nobody is eligible');
        expect(interval.low).toBeLessThan(trueChance);
        expect(interval.high).toBeGreaterThan(trueChance);
        if (mark !== last) continue;
        const verdict = interval.low >= launch.goal.target ? 'met' : interval.high < launch.goal.target ? 'missed' : 'cannot_tell';
        expect(eligible < launch.goal.minimumSample ? 'cannot_tell' : verdict).toBe(verdicts[launch.key].verdict);
      }
    }
  });

  test('every trap is in the data', () => {
    const { traps } = truths(company);
    const { opportunity, touch, person, account } = tableRows(company);
    const channels = touch.filter((one) => one.kind === 'first_contact').map((one) => one.channel);
    expect(channels.filter((channel) => channel === '')).toHaveLength(traps.empty_origin.empty);
    expect(channels.filter((channel) => channel === 'unknown')).toHaveLength(traps.empty_origin.unknown);
    const negative = opportunity.find((one) => one.id === traps.negative_duration.opportunity)!;
    expect(negative.state).toBe('won');
    const first = touch.find((one) => one.kind === 'first_contact' && one.person_id === negative.person_id)!;
    expect(negative.closed_at! < first.at).toBe(true);
    expect(opportunity.filter((one) => one.state === 'won' && one.closed_at === null)).toHaveLength(3);
    const emails = person.map((one) => one.email);
    expect(emails.length - new Set(emails).size).toBe(traps.duplicate_account.people);
    expect(account.filter((one) => one.domain === traps.shared_group_domain.domain)).toHaveLength(4);
    expect(events.filter((event) => 'received_at' in event.properties).length).toBeGreaterThan(50);
    expect(traps.late_batch.decided).toBeGreaterThan(0);
  });

  test('a count in UTC is wrong at the edges, and so is one without the late batch', () => {
    const launch = launches[0]!;
    const right = recount(company, launch, events)(30).accounts.adopted;
    expect(recount(company, launch, events, dayNumberInUtc)(30).accounts.adopted).not.toBe(right);
    const early = events.filter((event) => !('received_at' in event.properties));
    expect(recount(company, launch, early)(30).accounts.adopted).toBeLessThan(right);
    const edge = truths(company).traps.time_zone_edges.accounts;
    expect(edge.filter(({ day }) => day === 30).length).toBeGreaterThan(0);
    expect(edge.filter(({ day }) => day === 31).length).toBeGreaterThan(0);
  });
});

describe('the calendar', () => {
  test('agrees with the time zone tables of the machine on every day of the data', () => {
    const format = new Intl.DateTimeFormat('en-CA', { timeZone, dateStyle: 'short', timeStyle: 'short', hourCycle: 'h23' });
    for (let on = day('2025-03-01'); on <= day('2026-10-31'); on += 1) {
      expect(format.format(new Date(instant(on))), dayText(on)).toBe(`${dayText(on)}, 00:00`);
      expect(localDay(instant(on))).toBe(on);
      expect(localDay(instant(on) - 1)).toBe(on - 1);
    }
  });
});
