import { Forbidden, NotFound } from './errors.ts';
import { granteesOf, type Grant, type GrantLevel } from './grant.ts';
import { isAdmin, seesEverySparkJob, type Person } from './person.ts';

/** What a person may be to an object; one person may be several at once. */
export const RELATIONS = ['owner', 'admin', 'manager', 'viewer', 'jobMaintainer', 'stranger'] as const;
export type Relation = (typeof RELATIONS)[number];

/**
 * The permissions of one person on one object: `run` is running a Spark job now, `connect` is what only the owner's own key
 * or token opens.
 */
export const OBJECT_PERMISSIONS = ['view', 'run', 'manage', 'share', 'connect'] as const;
export type ObjectPermission = (typeof OBJECT_PERMISSIONS)[number];

export interface Owned {
  readonly ownerId: string;
}

type PermissionsByRelation = Readonly<Partial<Record<Relation, readonly ObjectPermission[]>>>;

/** Who may do what. A relation that is left out, and everybody else, may do nothing. */
const PERMISSIONS = {
  cluster: {
    owner: ['view', 'manage', 'share', 'connect'],
    admin: ['view', 'manage', 'share'],
    manager: ['view', 'manage'],
    viewer: ['view'],
  },
  session: {
    owner: ['view', 'manage', 'share', 'connect'],
    admin: ['view', 'manage', 'share'],
    // Sessions are shared for viewing only.
    manager: ['view'],
    viewer: ['view'],
  },
  sparkJob: {
    owner: ['view', 'run', 'manage', 'share'],
    admin: ['view', 'run', 'manage', 'share'],
    manager: ['view', 'run', 'manage'],
    viewer: ['view'],
    jobMaintainer: ['view', 'run'],
  },
  deletedSparkJob: { owner: ['view'], admin: ['view'] },
  sshKey: { owner: ['view', 'manage'], admin: ['view', 'manage'] },
} as const satisfies Readonly<Record<string, PermissionsByRelation>>;

/** What permissions are about. */
export type ObjectKind = keyof typeof PERMISSIONS;

const NOUNS: Readonly<Record<ObjectKind, string>> = {
  cluster: 'cluster',
  session: 'session',
  sparkJob: 'Spark job',
  deletedSparkJob: 'Spark job',
  sshKey: 'SSH key',
};

const DENIALS: Readonly<Record<ObjectPermission, string>> = {
  view: 'see it.',
  run: 'run it. Ask its owner to share it for managing.',
  manage: 'change it. Ask its owner to share it for managing.',
  share: 'share it. Ask its owner or an admin.',
  connect: 'connect to it. Only its owner can.',
};

/** Whether objects of this kind can be shared at the level manage. Sessions can be shared at view only. */
const isSharedForManaging = (kind: ObjectKind): boolean => {
  const { manager = [] }: PermissionsByRelation = PERMISSIONS[kind];
  return manager.includes('manage');
};

const denialOf = (wanted: ObjectPermission, kind: ObjectKind): string =>
  wanted === 'manage' && !isSharedForManaging(kind) ? 'change it. Ask its owner or an admin.' : DENIALS[wanted];

/** @param grants on the object; those to others do not count */
export const relationsTo = (object: Owned, person: Person, grants: readonly Grant[]): readonly Relation[] => {
  const held = granteesOf(person);
  const isGranted = (wanted: GrantLevel): boolean =>
    grants.some(({ to, level }) => level === wanted && held.includes(to));
  const relations: Relation[] = [
    ...(object.ownerId === person.id ? (['owner'] as const) : []),
    ...(isAdmin(person) ? (['admin'] as const) : []),
    ...(isGranted('manage') ? (['manager'] as const) : []),
    ...(isGranted('view') ? (['viewer'] as const) : []),
    ...(seesEverySparkJob(person) ? (['jobMaintainer'] as const) : []),
  ];
  return relations.length === 0 ? ['stranger'] : relations;
};

/** All that any of the person's relations to the object permits. */
export const permissionsOn = (
  kind: ObjectKind,
  object: Owned,
  person: Person,
  grants: readonly Grant[],
): readonly ObjectPermission[] => {
  const byRelation: PermissionsByRelation = PERMISSIONS[kind];
  const permitted = new Set(relationsTo(object, person, grants).flatMap((relation) => byRelation[relation] ?? []));
  return OBJECT_PERMISSIONS.filter((permission) => permitted.has(permission));
};

/** Whether the person's permissions follow from the object alone, so that its grants need not be read. */
export const needsNoGrants = (object: Owned, person: Person): boolean =>
  object.ownerId === person.id || isAdmin(person);

/**
 * @throws NotFound if the person may not see the object
 * @throws Forbidden if they may see it but lack the permission
 */
export const requirePermission = (
  wanted: ObjectPermission,
  permissions: readonly ObjectPermission[],
  { kind, id }: { readonly kind: ObjectKind; readonly id: string },
): void => {
  const noun = NOUNS[kind];
  const may = permissions.includes('manage') ? 'change' : 'view';
  if (!permissions.includes('view')) throw new NotFound(noun, id);
  if (!permissions.includes(wanted))
    throw new Forbidden(`You may ${may} this ${noun} but not ${denialOf(wanted, kind)}`, { kind: noun, id });
};
