import type { RunFile } from '../../shared/contract/routes/runs.ts';
import type { Person } from '../../shared/domain/person.ts';
import { visibleRun, type RunLookup } from '../access/permitted-run.ts';
import type { RunFiles } from '../ports/run-files.ts';

/** @throws NotFound; AwsThrottled, AwsFailed where S3 cannot be asked */
export const listResults =
  ({ files, ...lookup }: RunLookup & { readonly files: RunFiles }) =>
  async (input: { readonly identifier: string; readonly runId: string }, person: Person): Promise<RunFile[]> => [
    ...(await files.results(await visibleRun(lookup, input, person))),
  ];
