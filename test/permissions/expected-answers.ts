import { permissionsOn } from '../../shared/domain/access.ts';
import { STORED_GRANTS, type WalkPerson } from './people.ts';
import type { Rule } from './rules.ts';

export type Answer = 'yes' | '401' | '403' | '404';

/** What a person gets from a route with this rule; null: somebody without a session. */
export const expectedAnswer = (rule: Rule, person: WalkPerson | null): Answer => {
  if (rule.who === 'anyone') return 'yes';
  if (person === null) return '401';
  if (rule.who === 'everyone signed in') return 'yes';
  if (rule.who === 'admins') return person.groups.includes('admins') ? 'yes' : '403';
  if (rule.who !== 'by permission') return person.name === 'owner' ? 'yes' : '404';
  const { name: id, groups } = person;
  const signedIn = { id, username: id, email: `${id}@example.com`, groups };
  const permitted = permissionsOn(rule.object, { ownerId: 'owner' }, signedIn, STORED_GRANTS);
  if (!permitted.includes('view')) return '404';
  return permitted.includes(rule.needs) ? 'yes' : '403';
};
