import { numberedCells, type CellSource } from '../../shared/domain/notebook/changed-cells.ts';
import { runChanges, type RunChange } from '../../shared/domain/run-changes.ts';
import type { Run } from '../../shared/domain/run.ts';
import type { RunFiles } from '../ports/run-files.ts';
import type { RunRepository } from '../ports/spark-job-repository.ts';

/** Earlier runs among which the last success is looked for. */
const LOOKED_AT = 100;

interface ChangesDependencies {
  readonly history: Pick<RunRepository, 'before'>;
  readonly files: Pick<RunFiles, 'notebook'>;
}

export interface WhatChanged {
  readonly changes: readonly RunChange[];
  readonly lastSuccess: Run | null;
}

/** Of a run that did not fail, or of a job that never worked. */
export const NOTHING_CHANGED: WhatChanged = { changes: [], lastSuccess: null };

/**
 * What differs from the last success before a run; nothing where there was none.
 * @throws AwsThrottled, AwsFailed if S3 fails
 */
export const whatChanged =
  ({ history, files }: ChangesDependencies) =>
  async (run: Run): Promise<WhatChanged> => {
    const earlier = await history.before(run, LOOKED_AT);
    const success = earlier.find(({ outcome }) => outcome === 'succeeded');
    if (success === undefined) return NOTHING_CHANGED;
    const isSameNotebook = success.notebookVersion === run.notebookVersion;
    const cellsOf = async (each: Run): Promise<readonly CellSource[] | null> => {
      const text = isSameNotebook ? null : await files.notebook(each);
      return text === null ? null : numberedCells(text);
    };
    const [before, after] = await Promise.all([cellsOf(success), cellsOf(run)]);
    return { changes: runChanges({ run: success, cells: before }, { run, cells: after }), lastSuccess: success };
  };
