import type { RouteInput, RouteOutput, Routes } from '../../shared/contract/api.ts';
import type { Person } from '../../shared/domain/person.ts';
import { visibleRun, type RunReading } from '../access/permitted-run.ts';
import type { RunFiles } from '../ports/run-files.ts';

/** Logs by time-limited links, which need no AWS credentials. @throws NotFound; InvalidInput for a wrong cursor; AwsThrottled, AwsFailed */
export const listLogs =
  ({ files, ...lookup }: RunReading & { readonly files: RunFiles }) =>
  async (
    { limit, cursor, ...input }: RouteInput<Routes['listLogs']>,
    person: Person,
  ): Promise<RouteOutput<Routes['listLogs']>> => {
    const page = await files.logs(await visibleRun(lookup, input, person), { limit, cursor });
    return { items: [...page.items], cursor: page.cursor };
  };
