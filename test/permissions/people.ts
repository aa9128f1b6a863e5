import type { Grant, Grantee } from '../../shared/domain/grant.ts';

/** Somebody of the walk: what they are to the objects, all of which belong to `owner`. */
export interface WalkPerson {
  readonly name: string;
  readonly groups: readonly string[];
  /** With whom the objects are shared so that the person may see or manage them. */
  readonly grant?: { readonly to: 'person' | 'group'; readonly level: 'view' | 'manage' };
}

export const PEOPLE: readonly WalkPerson[] = [
  { name: 'stranger', groups: [] },
  { name: 'cluster maintainer', groups: ['cluster-maintainers'] },
  { name: 'job maintainer', groups: ['job-maintainers'] },
  { name: 'viewer', groups: [], grant: { to: 'person', level: 'view' } },
  { name: 'viewer by group', groups: ['readers'], grant: { to: 'group', level: 'view' } },
  { name: 'manager', groups: [], grant: { to: 'person', level: 'manage' } },
  { name: 'manager by group', groups: ['writers'], grant: { to: 'group', level: 'manage' } },
  { name: 'owner', groups: [] },
  { name: 'admin', groups: ['admins'] },
];

export const emailOf = ({ name }: WalkPerson): string => `${name.replaceAll(' ', '-')}@example.com`;

/** Sharing by username or group, as requests name them. */
export const GRANTS = PEOPLE.flatMap((person) => {
  if (person.grant === undefined) return [];
  const { to, level } = person.grant;
  return [{ to: to === 'person' ? `user:${emailOf(person)}` : `group:${person.groups[0] ?? ''}`, level }];
});

/** The same as stored, with names for ids. */
export const STORED_GRANTS: readonly Grant[] = PEOPLE.flatMap(({ name, groups, grant }) => {
  if (grant === undefined) return [];
  const to: Grantee = grant.to === 'person' ? `user:${name}` : `group:${groups[0] ?? ''}`;
  const object = { kind: 'cluster', id: 'o', key: 'o', createdAt: '2026-11-23T06:00:00.000Z' } as const;
  return [{ object, to, level: grant.level, grantedAt: object.createdAt }];
});
