import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

import { describe, expect, it } from 'vitest';

import {
  OBJECT_PERMISSIONS,
  permissionsOn,
  requirePermission,
  type ObjectKind,
  type ObjectPermission,
} from '../../../shared/domain/access.ts';
import { grantChanges, granteesOf, MAX_GRANTS, type Grant, type Grantee } from '../../../shared/domain/grant.ts';
import type { Person } from '../../../shared/domain/person.ts';
import { at } from '../../fakes/cluster.ts';

const OWNER_ID = 'sub-owner';
const object = { ownerId: OWNER_ID };

const person = (id: string, ...groups: string[]): Person => ({
  id,
  username: id,
  email: `${id}@example.com`,
  groups,
});

const grant = (to: Grantee, level: 'view' | 'manage'): Grant => ({
  object: { kind: 'cluster', id: 'o', key: 'o', createdAt: at('06:00:00') },
  to,
  level,
  grantedAt: at('06:00:00'),
});

const GROUPS = [[], ['analysts'], ['cluster-maintainers'], ['job-maintainers'], ['admins']] as const;

const GRANTS: readonly (readonly [string, readonly Grant[]])[] = [
  ['no grant', []],
  [
    'grants to others',
    [grant('user:sub-x', 'manage'), grant('group:writers', 'manage'), grant('user:analysts', 'manage')],
  ],
  ['view to the person', [grant('user:sub-p', 'view')]],
  ['manage to the person', [grant('user:sub-p', 'manage')]],
  ['view to analysts', [grant('group:analysts', 'view')]],
  ['manage to analysts', [grant('group:analysts', 'manage')]],
  ['view to the person, manage to analysts', [grant('user:sub-p', 'view'), grant('group:analysts', 'manage')]],
];

const KINDS = ['cluster', 'session', 'sparkJob', 'deletedSparkJob', 'sshKey'] as const satisfies readonly ObjectKind[];

const cell = (permitted: readonly ObjectPermission[]): string => permitted.join(' ') || '-';

/** Every kind of object x every group, grant and ownership. */
const table = (): string =>
  KINDS.map((kind) => {
    const rows = GROUPS.flatMap((groups) => [
      [`owner, ${groups[0] ?? 'no group'}`, permissionsOn(kind, object, person(OWNER_ID, ...groups), [])] as const,
      ...GRANTS.map(
        ([name, grants]) =>
          [
            `${groups[0] ?? 'no group'}, ${name}`,
            permissionsOn(kind, object, person('sub-p', ...groups), grants),
          ] as const,
      ),
    ]);
    return `${kind}\n${rows.map(([who, permitted]) => `  ${who.padEnd(60)} ${cell(permitted)}\n`).join('')}`;
  }).join('\n');

describe('permissions on objects', () => {
  it('are those of the reviewed table', async () => {
    await expect(table()).toMatchFileSnapshot('permissions-on-objects.txt');
  });

  it('are never more for a grant to somebody else, nor for a person whose id is the name of a group', () => {
    for (const kind of KINDS) {
      expect(permissionsOn(kind, object, person('analysts'), [grant('group:analysts', 'manage')])).toEqual([]);
      expect(permissionsOn(kind, object, person('sub-p', 'sub-x'), [grant('user:sub-x', 'manage')])).toEqual([]);
    }
  });

  it('let the owner and admins alone share, and the owner alone connect', () => {
    for (const kind of KINDS) {
      for (const [, grants] of GRANTS) {
        for (const groups of GROUPS.filter(([group]) => group !== 'admins')) {
          const permitted = permissionsOn(kind, object, person('sub-p', ...groups), grants);
          expect(permitted).not.toContain('share');
        }
        for (const groups of GROUPS)
          expect(permissionsOn(kind, object, person('sub-p', ...groups), grants)).not.toContain('connect');
      }
    }
  });

  it('begin with seeing: nobody may do what they may not see', () => {
    for (const kind of KINDS)
      for (const [, grants] of GRANTS)
        for (const groups of GROUPS) {
          const permitted = permissionsOn(kind, object, person('sub-p', ...groups), grants);
          expect(permitted.length === 0 || permitted[0] === 'view').toBe(true);
        }
  });
});

/** The rows of the security guide's table, one cell for each relation. */
const guideRows = (): readonly (readonly string[])[] => {
  const guide = readFileSync(fileURLToPath(new URL('../../../docs/security.md', import.meta.url)), 'utf8');
  const section = guide.split('## Who may do what in the portal\n')[1]?.split('\n## ')[0] ?? '';
  const lines = section.split('\n').filter((line) => line.startsWith('| '));
  return lines.slice(2).map((line) =>
    line
      .split('|')
      .slice(2, -1)
      .map((text) => text.trim()),
  );
};

it('the security guide has the permissions of every kind of object', () => {
  const rows = KINDS.map((kind) =>
    [
      permissionsOn(kind, object, person(OWNER_ID), []),
      permissionsOn(kind, object, person('sub-p', 'admins'), []),
      permissionsOn(kind, object, person('sub-p'), [grant('user:sub-p', 'manage')]),
      permissionsOn(kind, object, person('sub-p'), [grant('user:sub-p', 'view')]),
      permissionsOn(kind, object, person('sub-p', 'job-maintainers'), []),
    ].map((permitted) => permitted.join(', ') || '-'),
  );
  expect(guideRows()).toEqual(rows);
});

describe('requiring a permission', () => {
  const cluster = { kind: 'cluster', id: 'x' } as const;

  it('hides what may not be seen', () => {
    for (const wanted of OBJECT_PERMISSIONS)
      expect(() => requirePermission(wanted, [], cluster)).toThrow(
        expect.objectContaining({ name: 'NotFound', message: "There is no cluster 'x', or you may not see it." }),
      );
  });

  it.each([
    ['manage', 'You may view this cluster but not change it. Ask its owner to share it for managing.'],
    ['run', 'You may view this cluster but not run it. Ask its owner to share it for managing.'],
    ['share', 'You may view this cluster but not share it. Ask its owner or an admin.'],
    ['connect', 'You may view this cluster but not connect to it. Only its owner can.'],
  ] as const)('forbids to %s what may only be seen, and says who can help', (wanted, message) => {
    expect(() => requirePermission(wanted, ['view'], cluster)).toThrow(
      expect.objectContaining({ name: 'Forbidden', message, evidence: cluster }),
    );
  });

  it('names what they may do, and offers no managing of a session', () => {
    expect(() => requirePermission('share', ['view', 'manage'], cluster)).toThrow(
      'You may change this cluster but not share it. Ask its owner or an admin.',
    );
    expect(() => requirePermission('manage', ['view'], { kind: 'session', id: 's' })).toThrow(
      'You may view this session but not change it. Ask its owner or an admin.',
    );
  });

  it('lets pass what is permitted', () => {
    for (const wanted of OBJECT_PERMISSIONS)
      expect(() => requirePermission(wanted, ['view', wanted], cluster)).not.toThrow();
  });

  it('calls things by the words of the screens', () => {
    expect(() => requirePermission('view', [], { kind: 'sshKey', id: 'k' })).toThrow("There is no SSH key 'k'");
    expect(() => requirePermission('view', [], { kind: 'deletedSparkJob', id: 'j' })).toThrow("no Spark job 'j'");
  });
});

describe('grants', () => {
  it('reach a person by their id and by each of their groups', () => {
    expect(granteesOf(person('sub-p', 'analysts', 'admins'))).toEqual(['user:sub-p', 'group:analysts', 'group:admins']);
  });

  it('change by what differs only', () => {
    const stored = [grant('user:a', 'view'), grant('user:b', 'view'), grant('group:c', 'manage')];
    const wanted = [grant('user:a', 'view'), grant('user:b', 'manage'), grant('user:d', 'view')];
    expect(grantChanges(stored, wanted)).toEqual({
      put: [grant('user:b', 'manage'), grant('user:d', 'view')],
      remove: [grant('group:c', 'manage')],
    });
    expect(grantChanges(stored, stored)).toEqual({ put: [], remove: [] });
    expect(grantChanges(stored, []).remove).toHaveLength(3);
    expect(MAX_GRANTS).toBe(50);
  });
});
