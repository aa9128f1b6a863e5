import {
  needsNoGrants,
  permissionsOn,
  requirePermission,
  type ObjectPermission,
  type Owned,
} from '../../shared/domain/access.ts';
import type { Grant, SharedObject } from '../../shared/domain/grant.ts';
import type { Person } from '../../shared/domain/person.ts';
import type { GrantRepository } from '../ports/grant-repository.ts';

interface Wanted {
  readonly object: Owned & Pick<SharedObject, 'id'>;
  readonly kind: SharedObject['kind'];
  readonly permission: ObjectPermission;
  /** What the path of the request names it by. */
  readonly namedBy: string;
}

/** Grants on an object, as far as the person's permissions follow from them: none for its owner and for admins. */
export const grantsFor = async (
  grants: Pick<GrantRepository, 'on'>,
  { object, kind }: Pick<Wanted, 'object' | 'kind'>,
  person: Person,
): Promise<readonly Grant[]> => (needsNoGrants(object, person) ? [] : grants.on(kind, object.id));

/**
 * The same, of an object on which the person may do what they want to.
 * @throws NotFound if they may not see it, Forbidden if they may see it but not do this
 */
export const permittingGrants = async (
  stored: Pick<GrantRepository, 'on'>,
  { object, kind, permission, namedBy }: Wanted,
  person: Person,
): Promise<readonly Grant[]> => {
  const grants = await grantsFor(stored, { object, kind }, person);
  requirePermission(permission, permissionsOn(kind, object, person, grants), { kind, id: namedBy });
  return grants;
};
