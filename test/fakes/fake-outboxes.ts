import type { Outboxes } from '../../functions/ports/outboxes.ts';

interface HasUnsentMail {
  withUnsentMail(): Promise<readonly unknown[]>;
}

/** The outboxes of the items of these repositories. */
export const fakeOutboxes = (...repositories: readonly HasUnsentMail[]): Outboxes => ({
  async areEmpty() {
    const unsent = await Promise.all(repositories.map((repository) => repository.withUnsentMail()));
    return unsent.flat().length === 0;
  },
});
