import { parseArgs } from 'node:util';

/** Stores a file under an `s3://bucket/key` URI. */
export type WriteFile = (uri: string, body: Uint8Array, contentType: string) => Promise<void>;

/**
 * Leaves the outcome `notExecuted` where run-notebook.sh would have left its own. `latest/` stays what it is: the
 * results of the last run that had any. The arguments are those of run-notebook.sh.
 */
export const notExecutedOutcomes =
  (writeFile: WriteFile) =>
  async (args: readonly string[], reason: string): Promise<void> => {
    const { values } = parseArgs({
      args: [...args],
      options: { results: { type: 'string' }, 'run-id': { type: 'string' } },
      strict: false,
    });
    const { results, 'run-id': runId } = values;
    if (typeof results !== 'string' || typeof runId !== 'string') return;
    const now = new Date().toISOString();
    const body = new TextEncoder().encode(
      `${JSON.stringify({
        status: 'notExecuted',
        failure: null,
        reason,
        startedAt: now,
        finishedAt: now,
        durations: [],
        versions: {},
      })}\n`,
    );
    await writeFile(`${results.replace(/\/*$/, '')}/runs/${runId}/outcome.json`, body, 'application/json');
  };
