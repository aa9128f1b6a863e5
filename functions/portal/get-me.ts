import type { Me } from '../../shared/contract/routes/portal.ts';
import { permissionsOf, type Person } from '../../shared/domain/person.ts';

interface GetMeDependencies {
  readonly environment: string;
  readonly region: string;
  readonly version: string;
  /** Empty where the deployment has no sender. */
  readonly mailFrom: string;
}

/** The signed-in person, their permissions, and the data for the frame of every page. */
export const getMe =
  ({ environment, region, version, mailFrom }: GetMeDependencies) =>
  async (_input: unknown, person: Person): Promise<Me> => ({
    id: person.id,
    username: person.username,
    email: person.email,
    groups: [...person.groups],
    permissions: permissionsOf(person),
    environment,
    region,
    version,
    sendsMails: mailFrom !== '',
    announcement: null,
    newsUnread: false,
    budget: null,
  });
