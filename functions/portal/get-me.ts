import type { Me } from '../../shared/contract/routes/portal.ts';
import { NO_ANNOUNCEMENT } from '../../shared/domain/announcement.ts';
import { LAUNCHES_ALLOWED } from '../../shared/domain/launches.ts';
import { permissionsOf, type Person } from '../../shared/domain/person.ts';
import type { BudgetOf } from '../access/budget-of.ts';
import type { Documents } from '../ports/documents.ts';
import type { ReadSettings } from '../settings/read-settings.ts';

interface GetMeDependencies {
  readonly environment: string;
  readonly region: string;
  readonly version: string;
  readonly commit: string;
  /** Empty where the deployment has no sender. */
  readonly mailFrom: string;
  readonly documents: Pick<Documents, 'newest'>;
  readonly settings: ReadSettings;
  readonly budgetOf: BudgetOf;
  readonly hasUnreadNews: (person: Person) => Promise<boolean>;
}

/** The signed-in person, their permissions, and the data for the frame of every page. */
export const getMe =
  ({
    environment,
    region,
    version,
    commit,
    mailFrom,
    documents,
    settings,
    hasUnreadNews,
    budgetOf,
  }: GetMeDependencies) =>
  async (_input: unknown, person: Person): Promise<Me> => {
    const [saved, launches, { limits, helpLinks }, newsUnread, budget] = await Promise.all([
      documents.newest('announcement'),
      documents.newest('launches'),
      settings(),
      hasUnreadNews(person),
      budgetOf(person),
    ]);
    const announcement = saved?.content ?? NO_ANNOUNCEMENT;
    return {
      id: person.id,
      username: person.username,
      email: person.email,
      groups: [...person.groups],
      permissions: permissionsOf(person),
      environment,
      region,
      version,
      commit,
      sendsMails: mailFrom !== '',
      announcement: announcement.isEnabled ? announcement : null,
      newsUnread,
      launches: launches?.content ?? LAUNCHES_ALLOWED,
      limits,
      helpLinks: [...helpLinks],
      budget,
    };
  };
