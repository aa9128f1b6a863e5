import { Forbidden, NotFound } from './errors.ts';
import { isAdmin, seesEverySparkJob, type Person } from './person.ts';

/** The permissions of one person on one object. */
export type ObjectPermission = 'view' | 'manage' | 'share';

export interface Owned {
  readonly ownerId: string;
}

const EVERYTHING: readonly ObjectPermission[] = ['view', 'manage', 'share'];

export const permissionsOn = (object: Owned, person: Person): readonly ObjectPermission[] =>
  object.ownerId === person.id || isAdmin(person) ? EVERYTHING : [];

/** Job maintainers see every Spark job, without being able to change it. */
export const permissionsOnSparkJob = (job: Owned, person: Person): readonly ObjectPermission[] => {
  const permissions = permissionsOn(job, person);
  return permissions.length === 0 && seesEverySparkJob(person) ? ['view'] : permissions;
};

/**
 * @throws NotFound if the person may not see the object
 * @throws Forbidden if they may see it but lack the permission
 */
export const requirePermission = (
  wanted: ObjectPermission,
  permissions: readonly ObjectPermission[],
  { kind, id }: { kind: string; id: string },
): void => {
  if (!permissions.includes('view')) throw new NotFound(kind, id);
  if (!permissions.includes(wanted))
    throw new Forbidden(`You may view this ${kind} but not ${wanted} it.`, { kind, id });
};
