import { SHARED_KINDS, type Grant, type Grantee, type SharedKind } from '../../shared/domain/grant.ts';
import type { GrantRepository } from '../ports/grant-repository.ts';

/** Ends the sharing of an object. A repetition removes what a failure left. @throws AwsThrottled, AwsFailed */
export const removeGrantsOn = async (
  grants: Pick<GrantRepository, 'on' | 'remove'>,
  kind: SharedKind,
  objectId: string,
): Promise<void> => {
  await Promise.all((await grants.on(kind, objectId)).map((grant) => grants.remove(grant)));
};

/** Grants that one read returns. */
const READ = 100;

/**
 * Removes every grant to a person or group that is gone. Whether one is gone is asked once for each.
 * @returns the number of grants removed
 * @throws AwsThrottled, AwsFailed; a repetition goes on
 */
export const removeGrantsToTheGone = async (
  grants: Pick<GrantRepository, 'all' | 'remove'>,
  isGone: (to: Grantee) => Promise<boolean>,
): Promise<number> => {
  const known = new Map<Grantee, boolean>();
  const isToRemove = async (to: Grantee): Promise<boolean> => {
    const gone = known.get(to) ?? (await isGone(to));
    known.set(to, gone);
    return gone;
  };
  const toRemove: Grant[] = [];
  for (const kind of SHARED_KINDS) {
    let cursor: string | undefined;
    do {
      const page = await grants.all(kind, { limit: READ, cursor });
      for (const grant of page.items) if (await isToRemove(grant.to)) toRemove.push(grant);
      cursor = page.cursor ?? undefined;
    } while (cursor !== undefined);
  }
  for (const grant of toRemove) await grants.remove(grant);
  return toRemove.length;
};
