import type { ClusterView } from '../../../shared/contract/cluster.ts';
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
import { Card } from './card.tsx';

const ClusterRow = ({ cluster }: { readonly cluster: ClusterView }) => (
  <li>
    <span className="atmo-row-state">
      <ClusterState cluster={cluster} />
    </span>
    <span className="atmo-row-text">
      <PageLink to={PAGES.cluster(cluster.id)}>
        <Name text={cluster.identifier} />
      </PageLink>{' '}
      <TimeLeft of={cluster} /> left
    </span>
    <CostSoFar cost={cluster.cost} />
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
        {data !== undefined && `for ${elapsedText(data.startedAt ?? data.scheduledAt, data.finishedAt ?? now)}`}
      </span>
      {data !== undefined && <CostSoFar cost={data.cost} />}
    </li>
  );
};

interface RunningCardProps {
  readonly clusters: readonly ClusterView[];
  readonly jobs: readonly ListedSparkJobView[];
}

/** What runs now, with how long it has and what it costs. */
export const RunningCard = ({ clusters, jobs }: RunningCardProps) => {
  const active = clusters.filter(({ isActive }) => isActive);
  const runs = jobs.flatMap(({ identifier, latestRun }) =>
    latestRun !== null && latestRun.outcome === null ? [{ identifier, latestRun }] : [],
  );
  const count = active.length + runs.length;
  return (
    <Card title="Running now" count={count}>
      {count === 0 ? (
        <p className="atmo-quiet">Nothing runs.</p>
      ) : (
        <ul className="atmo-rows">
          {runs.map((run) => (
            <RunRow key={run.latestRun.id} {...run} />
          ))}
          {active.map((cluster) => (
            <ClusterRow key={cluster.id} cluster={cluster} />
          ))}
        </ul>
      )}
    </Card>
  );
};
