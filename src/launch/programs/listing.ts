import type { Context } from '../../platform/context.ts';
import { dealsOf, listMembers, type MemberRow, namedAccounts, namedPeople, type Page, totalMembers } from './members/queries.ts';
import { readOwnNames } from './queries.ts';
import { memberStatuses, type ProgramMember } from './schema.ts';

type Named = { id: string; name: string | null; email?: string | null };
type Deals = { account: string; open: number; won: number };

const byId = <Row extends { id: string }>(rows: Row[]) => new Map(rows.map((row) => [row.id, row]));

/** A page of those who are on the list of a program, with names and deals put to their ids. */
export const readMembers = async (context: Context, { program, ...page }: Page & { program: string }) => {
  const names = await context.read((transaction) => readOwnNames(transaction, program));
  const [rows, [counted]] = await Promise.all([
    context.events.ask<MemberRow>(listMembers(names, page)),
    context.events.ask<{ total: number }>(totalMembers(names, page.status)),
  ]);
  const accounts = [...new Set(rows.map(({ account }) => account).filter(Boolean))];
  const people = [...new Set(rows.map(({ person }) => person).filter(Boolean))];
  const [namesOfPeople, namesOfAccounts, deals] = await Promise.all([
    context.events.ask<Named>(namedPeople(people)),
    context.events.ask<Named>(namedAccounts(accounts)),
    context.events.ask<Deals>(dealsOf(accounts)),
  ]);
  const [persons, companies] = [byId(namesOfPeople), byId(namesOfAccounts)];
  const ofAccount = new Map(deals.map((row) => [row.account, row]));
  const members = rows.map(({ id, person, account, level, ...row }): ProgramMember => ({
    ...row,
    id,
    person: person || null,
    name: persons.get(person)?.name ?? null,
    email: persons.get(person)?.email ?? null,
    accountId: account || null,
    account: companies.get(account)?.name ?? null,
    status: memberStatuses[level - 1] ?? 'other',
    openDeals: ofAccount.get(account)?.open ?? 0,
    wonDeals: ofAccount.get(account)?.won ?? 0,
  }));
  return { members, total: counted?.total ?? 0 };
};
