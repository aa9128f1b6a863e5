import { firstSeen, type Person } from '../../shared/domain/person.ts';
import { SSH_KEY } from '../fakes/emr-launch.ts';

const SINCE = '2026-11-01T06:00:00.000Z';

const person = (username: string, groups: readonly string[] = []): Person => ({
  id: `sub-${username}`,
  username,
  email: `${username}@example.com`,
  groups,
});

export const OWNERS = [person('alice'), person('bob')] as const;
export const ADMIN = person('admin', ['admins']);
export const PEOPLE = [...OWNERS, ADMIN].map((who) => firstSeen(who, SINCE));
const sshKeyOf = ({ id, username }: Person) => ({ ...SSH_KEY, id: `key-${username}`, ownerId: id });

export const SSH_KEYS = OWNERS.map(sshKeyOf);
