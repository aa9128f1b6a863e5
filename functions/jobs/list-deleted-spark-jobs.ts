import type { RouteInput, RouteOutput, Routes } from '../../shared/contract/api.ts';
import type { Person } from '../../shared/domain/person.ts';
import type { JobIdentifiers } from '../ports/job-identifiers.ts';

type Route = Routes['listDeletedSparkJobs'];

/** The person's deleted jobs with kept results, last deleted first. */
export const listDeletedSparkJobs =
  ({ identifiers }: { readonly identifiers: JobIdentifiers }) =>
  async (page: RouteInput<Route>, person: Person): Promise<RouteOutput<Route>> => {
    const { items, cursor } = await identifiers.deletedOf(person.id, page);
    return {
      items: items.flatMap(({ identifier, deleted }) =>
        deleted === null
          ? []
          : [
              {
                identifier,
                description: deleted.description,
                runCount: deleted.runCount,
                deletedAt: deleted.deletedAt,
              },
            ],
      ),
      cursor,
    };
  };
