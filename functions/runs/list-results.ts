import type { RouteInput, RouteOutput, Routes } from '../../shared/contract/api.ts';
import type { Person } from '../../shared/domain/person.ts';
import { visibleRun, type RunReading } from '../access/permitted-run.ts';
import type { RunFiles } from '../ports/run-files.ts';

/** @throws NotFound; InvalidInput for a wrong cursor; AwsThrottled, AwsFailed where S3 cannot be asked */
export const listResults =
  ({ files, ...lookup }: RunReading & { readonly files: RunFiles }) =>
  async (
    { limit, cursor, ...input }: RouteInput<Routes['listResults']>,
    person: Person,
  ): Promise<RouteOutput<Routes['listResults']>> => {
    const page = await files.results(await visibleRun(lookup, input, person), { limit, cursor });
    return { items: [...page.items], cursor: page.cursor };
  };
