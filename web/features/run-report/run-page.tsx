import '../../components/inks.css';
import './run-page.css';

import { useParams } from 'react-router';

import type { RunView } from '../../../shared/contract/run.ts';
import type { SparkJobView } from '../../../shared/contract/spark-job.ts';
import { crumbOfDeletedJob, crumbOfJob, type Crumb } from '../../components/breadcrumb.tsx';
import { Loaded } from '../../components/loaded.tsx';
import { Page } from '../../components/page.tsx';
import { isStatus } from '../../lib/api-error.ts';
import { useRead } from '../../lib/use-route.ts';
import { RunActions } from './run-actions.tsx';
import { RunFailureReport } from './run-failure-report.tsx';
import { QueuedNote } from '../runs/queued-note.tsx';
import { RunHeadline } from '../runs/run-headline.tsx';
import { RunNeighbours } from '../runs/run-neighbours.tsx';
import { RunStages } from '../runs/run-stages.tsx';
import { runStateWords } from '../runs/run-state.tsx';
import { RunTabs } from '../runs/run-tabs.tsx';

const needsExplaining = ({ outcome }: RunView): boolean => outcome !== null && outcome !== 'succeeded';

interface RunReportProps {
  readonly identifier: string;
  readonly run: RunView;
  /** Undefined where it could not be read. */
  readonly job: SparkJobView | undefined;
  readonly parent: Crumb;
}

const RunReport = ({ identifier, run, job, parent }: RunReportProps) => {
  const isRunning = run.outcome === null;
  const { data: progress } = useRead('getProgress', { identifier, runId: run.id }, { isLive: () => isRunning });
  return (
    <Page
      title={`Run ${run.number} of ${identifier}`}
      live={`The run is: ${runStateWords(run)[1]}`}
      parent={parent}
      description={<RunNeighbours identifier={identifier} run={run} />}
      actions={job !== undefined && <RunActions job={job} run={run} />}
    >
      <RunHeadline run={run} usual={progress?.usual ?? null} />
      <QueuedNote run={run} />
      {isRunning && progress !== undefined && <RunStages progress={progress} engine={run.engine} />}
      {needsExplaining(run) && <RunFailureReport identifier={identifier} run={run} job={job} />}
      <RunTabs key={run.id} identifier={identifier} run={run} running={isRunning ? progress?.cell : null} />
    </Page>
  );
};

const RunPage = () => {
  const { identifier = '', runId = '' } = useParams();
  const query = useRead('getRun', { identifier, runId }, { isLive: ({ outcome }) => outcome === null });
  const isOver = query.data !== undefined && query.data.outcome !== null;
  // Waited for, since its buttons stand above all else and would push it down. "Run again" waits until no run goes on.
  const job = useRead('getSparkJob', { identifier }, { isLive: ({ isRunnable }) => isOver && !isRunnable });
  // Who sees a run sees its job, unless the job was deleted and its results were kept.
  const isDeleted = isStatus(job.error, 404);
  const parent = isDeleted ? crumbOfDeletedJob(identifier) : crumbOfJob(identifier);
  const page = { title: `Run of ${identifier}`, parent };
  return (
    <Loaded query={job.isPending ? { ...query, data: undefined } : query} what="the run" page={page}>
      {(run) => <RunReport identifier={identifier} run={run} job={isDeleted ? undefined : job.data} parent={parent} />}
    </Loaded>
  );
};

export default RunPage;
