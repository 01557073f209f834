import { dayText } from './calendar.ts';
import { eligible } from './adoption.ts';
import { edgeMinutes } from './features.ts';
import type { Company } from './generate.ts';
import { launches } from './planted.ts';

/** The traps by name: what is in the data, and what a careless count makes of it. */
export function namedTraps(company: Company) {
  const { traps } = company;
  const leads = (origin: string | null) => company.leads.filter((lead) => lead.origin.origin === origin).length;
  return {
    shared_mail_domain: {
      people: company.people.filter((person) => person.email.endsWith('@gmail.com')).length,
      why: 'people of many companies share the domain of a mail provider; it names no account',
    },
    shared_group_domain: { ...traps.sharedDomain, why: 'four companies of one group share a domain; it does not tell them apart' },
    duplicate_account: { ...traps.duplicate, why: 'one company under two keys; the copy is eligible twice and never adopts' },
    empty_origin: { empty: leads(null), unknown: leads('unknown'), why: 'an empty origin is not the origin "unknown"' },
    negative_duration: { opportunity: traps.negativeDuration, why: 'won two days before the first contact; no median may hold it' },
    undated_wins: { opportunities: traps.undatedWins, why: 'won without a date: counted, but not timed' },
    very_large_customer: {
      account: company.accounts[0]!.id,
      people: company.accounts[0]!.people.length,
      why: 'one account holds a tenth of all people; people of one account are not independent',
    },
    internal_test_accounts: { accounts: traps.internal, why: 'use every feature daily; the segment "internal" is not eligible' },
    early_access: { accounts: traps.earlyAccess, why: 'used Smart Handoff before the market date; that is not adoption' },
    late_batch: {
      accounts: traps.lateBatch.accounts,
      from: dayText(traps.lateBatch.from),
      until: dayText(traps.lateBatch.until),
      receivedOn: dayText(traps.lateBatch.receivedOn),
      decided: company.adoptions.filter(
        ({ launch, on, account }) =>
          launch === launches[0] &&
          on >= traps.lateBatch.from &&
          on <= traps.lateBatch.until &&
          traps.lateBatch.accounts.includes(account.id),
      ).length,
      why: 'arrived days later; counted by when it happened, not by when it came; its first calls came twice',
    },
    time_zone_edges: {
      ...edgeMinutes,
      accounts: edges(company),
      why: 'adopted in the last minutes of a day that counts, or the first of the next: a count in UTC, or in days of 24 hours, is wrong',
    },
    gone_before_launch: {
      accounts: launches.map((launch) => ({
        launch: launch.key,
        eligible: company.accounts.filter(
          (account) => eligible(launch, account) && account.leftOn !== null && dayText(account.leftOn) <= launch.marketDate,
        ).length,
      })),
      why: 'customers that left before the market date keep their plan in the CRM, stay in the base and cannot adopt',
    },
    later_customers: {
      adopted: company.adoptions.filter(({ launch, account }) => !eligible(launch, account)).length,
      why: 'adopted, but came after the market date: not of the eligible',
    },
    keen_accounts: { why: 'adopt more, use more, stay more: comparing adopters with others shows more than adoption does' },
  };
}

function edges(company: Company) {
  return company.adoptions.flatMap(({ launch, account, on }) => {
    const day = Math.round((Date.parse(dayText(on)) - Date.parse(launch.marketDate)) / 86_400_000) + 1;
    return [30, 31, 60, 61, 90, 91].includes(day) && eligible(launch, account) ? [{ launch: launch.key, account: account.id, day }] : [];
  });
}
