import { describe, expect, it, vi } from 'vitest';

import { closeLabOfEnded } from '../../local/cluster-labs.ts';
import type { EmrEvent } from '../../local/emr/events.ts';

const event = (type: EmrEvent['detail-type'], detail: Record<string, string>): EmrEvent => ({
  version: '0',
  id: 'e1',
  'detail-type': type,
  source: 'aws.emr',
  account: '123456789012',
  time: '2026-11-23T10:00:00Z',
  region: 'us-west-2',
  resources: [],
  detail,
});
const entered = (state: string): EmrEvent => event('EMR Cluster State Change', { clusterId: 'j-1', state });

describe('a cluster’s JupyterLab', () => {
  it.each(['TERMINATED', 'TERMINATED_WITH_ERRORS'])('ends when the cluster is %s', (state) => {
    const close = vi.fn<(id: string) => Promise<void>>().mockResolvedValue();
    closeLabOfEnded({ close }, () => {})(entered(state));
    expect(close).toHaveBeenCalledExactlyOnceWith('j-1');
  });

  it.each([
    entered('WAITING'),
    entered('RUNNING'),
    event('EMR Step Status Change', { clusterId: 'j-1', state: 'FAILED' }),
  ])('goes on through other events', (other) => {
    const close = vi.fn<(id: string) => Promise<void>>();
    closeLabOfEnded({ close }, () => {})(other);
    expect(close).not.toHaveBeenCalled();
  });

  it('does not disturb EMR where it cannot be ended', async () => {
    const close = vi.fn<(id: string) => Promise<void>>().mockRejectedValue(new Error('stuck'));
    const report = vi.fn<(line: string) => void>();
    closeLabOfEnded({ close }, report)(entered('TERMINATED'));
    await vi.waitFor(() => expect(report).toHaveBeenCalledWith(expect.stringContaining('stuck')));
  });
});
