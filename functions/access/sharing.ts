import type { GrantEntry, GrantsView } from '../../shared/contract/grants.ts';
import { InvalidInput, type FieldError } from '../../shared/domain/errors.ts';
import { grantChanges, type Grant, type Grantee, type SharedObject } from '../../shared/domain/grant.ts';
import { latestOf } from '../../shared/domain/instant.ts';
import { GROUPS } from '../../shared/domain/person.ts';
import type { GrantRepository } from '../ports/grant-repository.ts';
import type { PersonRepository } from '../ports/person-repository.ts';
import type { Clock } from '../runtime/clock.ts';
import { resolvePerson } from './resolve-person.ts';

interface SharingDependencies {
  readonly grants: GrantRepository;
  readonly people: Pick<PersonRepository, 'find' | 'withUsername' | 'withAddress' | 'isGroup'>;
  readonly clock: Clock;
}

/** What a request to share an object changes. */
export interface SharingPlan {
  readonly object: SharedObject;
  readonly put: readonly Grant[];
  readonly remove: readonly Grant[];
}

const USER = 'user:';
const GROUP = 'group:';

const BUILT_IN: readonly string[] = Object.values(GROUPS);

/** With whom objects are shared. */
export const sharing = ({ grants, people, clock }: SharingDependencies) => {
  const resolve = resolvePerson({ people });

  const resolveGroup = async (name: string, field: string): Promise<Grantee> => {
    if (BUILT_IN.includes(name) || (await people.isGroup(name))) return `group:${name}`;
    throw InvalidInput.field(
      field,
      `Nobody who has signed in is in a group '${name}'. Give the name exactly as the list of groups has it.`,
    );
  };

  const resolveGrantee = async (to: string, field: string): Promise<Grantee> =>
    to.startsWith(USER)
      ? `user:${(await resolve(to.slice(USER.length), field)).id}`
      : resolveGroup(to.slice(GROUP.length).trim(), field);

  /** The grantee, or why there is none. */
  const resolvedOrRefused = async (to: string, field: string): Promise<Grantee | FieldError> => {
    try {
      return await resolveGrantee(to, field);
    } catch (error) {
      const refused = error instanceof InvalidInput ? error.errors[0] : undefined;
      if (refused === undefined) throw error;
      return refused;
    }
  };

  /** @throws InvalidInput with an error for each entry that cannot be */
  const resolveAll = async (entries: readonly GrantEntry[], ownerId: string): Promise<readonly Grantee[]> => {
    const resolved = await Promise.all(entries.map(({ to }, at) => resolvedOrRefused(to, `grants.${at}.to`)));
    const errors = resolved.flatMap((grantee, at): FieldError[] => {
      if (typeof grantee !== 'string') return [grantee];
      const field = `grants.${at}.to`;
      if (grantee === `user:${ownerId}`)
        return [{ field, message: 'This person is the owner and may do everything already. Leave them out.' }];
      return resolved.indexOf(grantee) < at
        ? [{ field, message: 'This person or group is in the list already. Keep one of the two entries.' }]
        : [];
    });
    if (errors.length > 0) throw new InvalidInput(errors);
    return resolved.filter((grantee) => typeof grantee === 'string');
  };

  const nameOf = async (to: Grantee): Promise<string | null> => {
    if (!to.startsWith(USER)) return to;
    const person = await people.find(to.slice(USER.length));
    return person === null ? null : `${USER}${person.username}`;
  };

  const view = async ({ kind, id }: Pick<SharedObject, 'kind' | 'id'>): Promise<GrantsView> => {
    const stored = await grants.on(kind, id);
    const named = await Promise.all(stored.map(async ({ to, level }) => ({ to: await nameOf(to), level })));
    const modifiedAt = latestOf(stored.map(({ grantedAt }) => grantedAt));
    return {
      grants: named.flatMap(({ to, level }) => (to === null ? [] : [{ to, level }])),
      ...(modifiedAt === null ? {} : { modifiedAt }),
    };
  };

  return {
    view,

    /** For the audit trail: names as of now, and the ids of people, which outlast them. */
    async detail({ put, remove }: SharingPlan) {
      const named = async (to: Grantee): Promise<string> => (await nameOf(to)) ?? to;
      return {
        shared: await Promise.all(put.map(async ({ to, level }) => `${await named(to)} ${level}`)),
        withdrawn: await Promise.all(remove.map(({ to }) => named(to))),
        personIds: [...put, ...remove].flatMap(({ to }) => (to.startsWith(USER) ? [to.slice(USER.length)] : [])),
      };
    },

    /** @throws InvalidInput naming each entry for whom nobody, or more than one person, is known; for the owner; for a repetition */
    async plan(object: SharedObject, ownerId: string, entries: readonly GrantEntry[]): Promise<SharingPlan> {
      const grantees = await resolveAll(entries, ownerId);
      const grantedAt = clock.now();
      const wanted = entries.flatMap(({ level }, at): Grant[] => {
        const to = grantees[at];
        return to === undefined ? [] : [{ object, to, level, grantedAt }];
      });
      return { object, ...grantChanges(await grants.on(object.kind, object.id), wanted) };
    },

    /** Takes away before it gives. After a failure the same request does the rest. @throws AwsThrottled, AwsFailed */
    async carryOut({ object, put, remove }: SharingPlan): Promise<GrantsView> {
      await Promise.all(remove.map((grant) => grants.remove(grant)));
      await Promise.all(put.map((grant) => grants.put(grant)));
      return view(object);
    },
  };
};

export type Sharing = ReturnType<typeof sharing>;

/** Whether a plan changes anything. */
export const changesSharing = ({ put, remove }: SharingPlan): boolean => put.length + remove.length > 0;
