import { plannedCluster, type Cluster } from '../../shared/domain/cluster.ts';
import { withWorkload } from '../../shared/domain/expiring.ts';
import { rateOf } from '../../shared/domain/cost.ts';
import type { Caller } from '../../shared/domain/person.ts';
import { terminationRequested, type TerminationRequest } from '../../shared/domain/workload.ts';
import { LAUNCHED_WITH } from './settings.ts';
import { withChanges, type Changes } from './workload.ts';

const caller = (username: string, groups: readonly string[] = []): Caller => ({
  id: `sub-${username}`,
  username,
  email: `${username}@example.com`,
  groups,
  request: { sourceIp: '203.0.113.9', requestId: `request-of-${username}` },
});

export const ALICE = caller('alice');
export const BOB = caller('bob');
export const ADMIN = caller('admin', ['admins']);
export const MAINTAINER = caller('maintainer', ['cluster-maintainers']);

/** A time of the day on which the tests happen: `at('06:00:00')`. */
export const at = (time: string): string => `2026-11-23T${time}.000Z`;

/** Alice's cluster, just claimed at 06:00 for eight hours. */
export const claimedCluster = (changes: Changes<Cluster> = {}): Cluster =>
  withChanges(
    plannedCluster(
      { identifier: 'eager-curie-0001', size: 1, lifetime: 8, sshKeyId: 'key', emrRelease: '7.10.0', idleHours: 3 },
      {
        id: 'c1',
        person: ALICE,
        now: at('06:00:00'),
        runToken: '0123456789',
        terms: { rate: rateOf({ ec2: 0.16, emr: 0.04 }), launchSettings: LAUNCHED_WITH },
      },
    ),
    changes,
  );

/** The same, running and ready. */
export const readyCluster = (changes: Changes<Cluster> = {}): Cluster =>
  claimedCluster({
    emrId: 'j-1',
    status: 'WAITING',
    masterAddress: 'ec2-1-2-3-4.us-west-2.compute.amazonaws.com',
    startedAt: at('06:00:01'),
    readyAt: at('06:08:00'),
    ...changes,
  });

/** The same with a termination on record. */
export const terminating = (cluster: Cluster, request: TerminationRequest): Cluster =>
  withWorkload(cluster, (workload) => terminationRequested(workload, request), request.at);
