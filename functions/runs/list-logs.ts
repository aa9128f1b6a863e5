import type { RunFile } from '../../shared/contract/routes/runs.ts';
import type { Person } from '../../shared/domain/person.ts';
import { visibleRun, type RunLookup } from '../access/permitted-run.ts';
import type { RunFiles } from '../ports/run-files.ts';

/** Logs by time-limited links, which need no AWS credentials. @throws NotFound; AwsThrottled, AwsFailed */
export const listLogs =
  ({ files, ...lookup }: RunLookup & { readonly files: RunFiles }) =>
  async (input: { readonly identifier: string; readonly runId: string }, person: Person): Promise<RunFile[]> => [
    ...(await files.logs(await visibleRun(lookup, input, person))),
  ];
