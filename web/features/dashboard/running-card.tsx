import type { ReactNode } from 'react';

import type { ClusterView } from '../../../shared/contract/cluster.ts';
import type { SessionView } from '../../../shared/contract/routes/sessions.ts';
import type { ListedSparkJobView } from '../../../shared/contract/spark-job.ts';
import { PAGES } from '../../../shared/contract/pages.ts';
import { CostSoFar } from '../../components/cost-so-far.tsx';
import { PageLink } from '../../components/links.tsx';
import { Name } from '../../components/name.tsx';
import { elapsedText } from '../../lib/instant-text.ts';
import { useNow } from '../../lib/use-now.ts';
import { useRead } from '../../lib/use-route.ts';
import { ClusterState } from '../clusters/cluster-state.tsx';
import { TimeLeft } from '../../components/time-left.tsx';
import { RunState } from '../runs/run-state.tsx';
import { SessionState } from '../sessions/session-state.tsx';
import { Card } from './card.tsx';

interface LeaseRowProps {
  readonly name: string;
  readonly to: string;
  readonly of: Pick<ClusterView, 'isActive' | 'expiresAt' | 'cost'>;
  readonly state: ReactNode;
}

/** A cluster or a session: how long it has, and what it costs. */
const LeaseRow = ({ name, to, of, state }: LeaseRowProps) => (
  <li>
    <span className="atmo-row-state">{state}</span>
    <span className="atmo-row-text">
      <PageLink to={to}>
        <Name text={name} />
      </PageLink>{' '}
      <TimeLeft of={of} /> left
    </span>
    <CostSoFar cost={of.cost} />
  </li>
);

interface RunRowProps {
  readonly identifier: string;
  readonly latestRun: NonNullable<ListedSparkJobView['latestRun']>;
}

/** A run of now: the list tells its phase, the run itself since when and at what cost. */
const RunRow = ({ identifier, latestRun }: RunRowProps) => {
  const now = useNow(1000);
  const run = useRead('getRun', { identifier, runId: latestRun.id }, { isLive: ({ outcome }) => outcome === null });
  const { data } = run;
  return (
    <li>
      <span className="atmo-row-state">
        <RunState run={data ?? latestRun} />
      </span>
      <span className="atmo-row-text">
        <PageLink to={PAGES.run(identifier, latestRun.id)}>
          <Name text={`${identifier} run ${latestRun.number}`} />
        </PageLink>{' '}
        {data === undefined
          ? 'for …'
          : `for ${elapsedText(data.startedAt ?? data.scheduledAt, data.finishedAt ?? now)}`}
      </span>
      {/* Takes the line that the cost will take on a phone. */}
      {data === undefined ? <span>…</span> : <CostSoFar cost={data.cost} />}
    </li>
  );
};

interface RunningCardProps {
  readonly clusters: readonly ClusterView[];
  readonly sessions: readonly SessionView[];
  readonly jobs: readonly ListedSparkJobView[];
}

/** What runs now, with how long it has and what it costs. */
export const RunningCard = ({ clusters, sessions: allSessions, jobs }: RunningCardProps) => {
  const active = clusters.filter(({ isActive }) => isActive);
  const runs = jobs.flatMap(({ identifier, latestRun }) =>
    latestRun !== null && latestRun.outcome === null ? [{ identifier, latestRun }] : [],
  );
  const sessions = allSessions.filter(({ isActive }) => isActive);
  const count = active.length + sessions.length + runs.length;
  return (
    <Card title="Running now" count={count}>
      {count === 0 ? (
        <p className="atmo-quiet">Nothing runs.</p>
      ) : (
        <ul className="atmo-rows">
          {runs.map((run) => (
            <RunRow key={run.latestRun.id} {...run} />
          ))}
          {sessions.map((session) => (
            <LeaseRow
              key={session.id}
              name={session.name}
              to={PAGES.session(session.id)}
              of={session}
              state={<SessionState session={session} />}
            />
          ))}
          {active.map((cluster) => (
            <LeaseRow
              key={cluster.id}
              name={cluster.identifier}
              to={PAGES.cluster(cluster.id)}
              of={cluster}
              state={<ClusterState cluster={cluster} />}
            />
          ))}
        </ul>
      )}
    </Card>
  );
};
