import type { RunView } from '../../shared/contract/run.ts';
import type { Person } from '../../shared/domain/person.ts';
import { visibleRun, type RunReading } from '../access/permitted-run.ts';
import { runToView } from './run-view.ts';

/** @throws NotFound */
export const getRun =
  (lookup: RunReading) =>
  async (input: { readonly identifier: string; readonly runId: string }, person: Person): Promise<RunView> =>
    runToView(await visibleRun(lookup, input, person));
