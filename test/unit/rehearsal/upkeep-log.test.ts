import { describe, expect, it } from 'vitest';

import { FINISHED_TASK } from '../../../shared/contract/upkeep.ts';
import { FREQUENT_TASKS, readUpkeepLog } from '../../rehearsal/smoke/upkeep-log.ts';

const start = 'START RequestId: 8d1e Version: $LATEST';
const finished = (task: string) => `{"level":"INFO","message":"${FINISHED_TASK}","service":"upkeep","task":"${task}"}`;
const all = FREQUENT_TASKS.map(finished);

describe('the log of the upkeep function, as the smoke test reads it', () => {
  it('is well where every task finished and nothing failed', () => {
    expect(readUpkeepLog([start, ...all])).toEqual({ unfinished: [], errors: [] });
  });

  it('names what was started and never finished', () => {
    expect(readUpkeepLog([start, start, ...all.slice(1)]).unfinished).toEqual([FREQUENT_TASKS[0]]);
  });

  it.each([
    '{"level":"ERROR","message":"Could not follow a cluster","service":"upkeep"}',
    '2026-11-26T01:00:00.000Z\t8d1e\tERROR\tInvoke Error \t{"errorType":"SweepFailed"}',
    '{"errorType":"Runtime.ImportModuleError","errorMessage":"…"}',
    '2026-11-26T01:00:00.000Z 8d1e Task timed out after 300.00 seconds',
    'RequestId: 8d1e Error: Runtime exited with error: signal: killed',
  ])('takes %s for a failure', (line) => {
    expect(readUpkeepLog([start, ...all, line]).errors).toEqual([line]);
  });
});
