import type { RouteInput, RouteOutput, Routes } from '../../shared/contract/api.ts';
import { limitOf, NO_BUDGETS, personAccount, type BudgetAccountId, type Budgets } from '../../shared/domain/budget.ts';
import { usedIn } from '../../shared/domain/budget-account.ts';
import { roundedDollars } from '../../shared/domain/cost.ts';
import type { AuditDetail } from '../../shared/domain/audit.ts';
import type { DocumentVersion } from '../../shared/domain/document.ts';
import { Conflict, InvalidInput, type FieldError } from '../../shared/domain/errors.ts';
import { monthOf } from '../../shared/domain/month.ts';
import type { Caller } from '../../shared/domain/person.ts';
import type { ResolvePerson } from '../access/resolve-person.ts';
import type { BudgetAccounts } from '../ports/budget-accounts.ts';
import type { Documents } from '../ports/documents.ts';
import type { PersonRepository } from '../ports/person-repository.ts';
import type { Clock } from '../runtime/clock.ts';
import { versionView, type ChangeDocument } from './change-document.ts';
import { peopleByName } from './people-by-name.ts';

type Answer = RouteOutput<Routes['getBudgets']>;

interface BudgetsDependencies {
  readonly documents: Pick<Documents, 'newest'>;
  readonly changeDocument: ChangeDocument;
  readonly accounts: Pick<BudgetAccounts, 'get'>;
  readonly people: Pick<PersonRepository, 'find' | 'withUsername' | 'isGroup'>;
  readonly resolve: ResolvePerson;
  readonly clock: Clock;
}

/** Budgets as admins see and change them. They are stored by the ids of people, and answered by the names of now. */
export const adminBudgets = (deps: BudgetsDependencies) => {
  const { documents, changeDocument, accounts, people, resolve, clock } = deps;

  const newest = () => documents.newest('budgets');

  /** The username, or the address where several people have that. */
  const nameOf = async (id: string): Promise<string> => {
    const person = await people.find(id);
    if (person === null) return id;
    return (await people.withUsername(person.username)).length > 1 ? person.email : person.username;
  };

  const view = async (saved: DocumentVersion<'budgets'> | null): Promise<Answer> => {
    const { everyone, eachPerson, groups, people: limits, overrides } = saved?.content ?? NO_BUDGETS;
    const month = monthOf(clock.now());
    const used = async (id: BudgetAccountId): Promise<number> => roundedDollars(usedIn(await accounts.get(id), month));
    const valid = Object.entries(overrides).filter(([, override]) => override.month === month);
    const ids = [...new Set([...Object.keys(limits), ...valid.map(([id]) => id)])];
    const named = new Map(await Promise.all(ids.map(async (id) => [id, await nameOf(id)] as const)));
    const name = (id: string): string => named.get(id) ?? id;
    const entries = async <Key extends string>(keys: readonly Key[], of: (key: Key) => Promise<[string, number]>) =>
      Object.fromEntries(await Promise.all(keys.map(of)));
    return {
      everyone,
      eachPerson,
      groups: { ...groups },
      people: Object.fromEntries(Object.entries(limits).map(([id, limit]) => [name(id), limit])),
      overrides: valid.map(([id, { limit, reason }]) => ({ username: name(id), limit, month, reason })),
      used: {
        month,
        everyone: await used('everyone'),
        groups: await entries(Object.keys(groups), async (group) => [group, await used(`group#${group}`)]),
        people: await entries(ids, async (id) => [name(id), await used(personAccount(id))]),
      },
      ...versionView(saved),
    };
  };

  /** A group that is named already may have lost its last member since. */
  const unknownGroups = async (wanted: Budgets['groups'], known: Budgets['groups']): Promise<FieldError[]> => {
    const errors: FieldError[] = [];
    for (const name of Object.keys(wanted)) {
      if (Object.hasOwn(known, name) || (await people.isGroup(name))) continue;
      errors.push({ field: `groups.${name}`, message: 'Nobody who has signed in is in this group. Check its name.' });
    }
    return errors;
  };

  const saved = async (
    { content, basedOn, detail }: { content: Budgets; basedOn: number | undefined; detail: AuditDetail },
    caller: Caller,
  ): Promise<Answer> =>
    view(await changeDocument('budgets', { content, basedOn, detail, action: 'budgets.change' }, caller));

  const listed = (limits: Readonly<Record<string, number | null>>): string[] =>
    Object.entries(limits).map(([name, limit]) => `${name}: ${limit ?? 'none'}`);

  return {
    getBudgets: async (): Promise<Answer> => view(await newest()),

    /** Overrides of the present month stay. @throws InvalidInput naming every unknown group and person; StaleWrite */
    putBudgets: async (
      { version: basedOn, everyone, eachPerson, groups, people: limits }: RouteInput<Routes['putBudgets']>,
      caller: Caller,
    ): Promise<Answer> => {
      const known = (await newest())?.content ?? NO_BUDGETS;
      const named = await peopleByName(resolve, limits);
      const errors = [...(await unknownGroups(groups, known.groups)), ...named.errors];
      if (errors.length > 0) throw new InvalidInput(errors);
      const content = { everyone, eachPerson, groups, people: named.byId, overrides: known.overrides };
      return saved({ content, basedOn, detail: { groups: listed(groups), people: listed(limits) } }, caller);
    },

    /**
     * Replaces the override of the person in the present month, with which it ends. Overrides of earlier months go.
     * @throws InvalidInput; Conflict for a person who has no limit of their own; StaleWrite
     */
    overrideBudget: async (
      { username, limit, reason }: RouteInput<Routes['overrideBudget']>,
      caller: Caller,
    ): Promise<Answer> => {
      const person = await resolve(username, 'username');
      const current = await newest();
      const known = current?.content ?? NO_BUDGETS;
      const month = monthOf(clock.now());
      if (limitOf({ ...known, overrides: {} }, personAccount(person.id), month) === null)
        throw new Conflict(
          `${person.username} has no budget of their own, so there is nothing to lift. Limits of groups and of everyone are changed in the budgets.`,
        );
      const valid = Object.entries(known.overrides).filter(([, override]) => override.month === month);
      const overrides = { ...Object.fromEntries(valid), [person.id]: { month, limit, reason } };
      const detail = { person: person.username, limit, month, reason };
      return saved({ content: { ...known, overrides }, basedOn: current?.version ?? 0, detail }, caller);
    },
  };
};
