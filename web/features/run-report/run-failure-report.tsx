import Alert, { type AlertProps } from '@cloudscape-design/components/alert';
import Box from '@cloudscape-design/components/box';
import Container from '@cloudscape-design/components/container';
import Header from '@cloudscape-design/components/header';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { lazy, Suspense, type ReactNode } from 'react';

import type { RunFailure } from '../../../shared/contract/routes/runs.ts';
import type { RunView } from '../../../shared/contract/run.ts';
import type { SparkJobView } from '../../../shared/contract/spark-job.ts';
import { NOT_EXECUTED } from '../../../shared/domain/run-reasons.ts';
import { Loading } from '../../components/loaded.tsx';
import { TextBox } from '../../components/text-box.tsx';
import { useRead } from '../../lib/use-route.ts';
import { cellId } from '../notebooks/cell-id.ts';
import { withoutEscapes } from '../notebooks/reading/terminal-text.ts';
import { SparkFacts } from '../runs/spark-facts.tsx';

/** Loaded lazily: its dialogs need schemas that are larger than the rest of the page. */
const RunRemedies = lazy(() => import('./run-remedies.tsx'));
const RunChanges = lazy(() => import('../runs/run-changes.tsx'));

interface Words {
  readonly type: AlertProps.Type;
  readonly header: string;
}

const WORDS: Readonly<Record<Exclude<RunView['outcome'], 'succeeded' | null>, Words>> = {
  failed: { type: 'error', header: 'The run failed' },
  timedOut: { type: 'error', header: 'The run timed out' },
  cancelled: { type: 'warning', header: 'The run was cancelled' },
  missed: { type: 'warning', header: 'The run was missed' },
};

const wordsOf = ({ outcome, reason }: RunView): Words => {
  if (reason?.code === NOT_EXECUTED) return { type: 'info', header: 'The notebook was not executed' };
  return WORDS[outcome === null || outcome === 'succeeded' ? 'failed' : outcome];
};

interface PartProps {
  readonly title: ReactNode;
  readonly label: string;
  readonly text: string;
  readonly isReadFromEnd?: boolean;
}

const Part = ({ title, label, text, isReadFromEnd = false }: PartProps) => (
  <div>
    <Box variant="h3">{title}</Box>
    <TextBox label={label} text={withoutEscapes(text)} isReadFromEnd={isReadFromEnd} />
  </div>
);

const CellTitle = ({ failure: { cell } }: { readonly failure: RunFailure }) =>
  cell === null ? (
    'Failing cell'
  ) : (
    <a className="atmo-plain-link" href={`#${cellId(cell)}`}>
      Failing cell ({cell})
    </a>
  );

const Report = ({ failure }: { readonly failure: RunFailure }) => (
  <Container header={<Header variant="h2">What happened</Header>}>
    <SpaceBetween size="m">
      {failure.errorName !== null && (
        <TextBox
          label="Error"
          text={`${failure.errorName}: ${withoutEscapes(failure.errorValue ?? '')}`}
          look="atmo-error-value"
        />
      )}
      {failure.source !== null && (
        <Part title={<CellTitle failure={failure} />} label="Failing cell" text={failure.source} />
      )}
      {failure.traceback !== null && <Part title="Traceback" label="Traceback" text={failure.traceback} />}
      {failure.logTail !== null && (
        <Part
          title="Last lines of the step log"
          label="Last lines of the step log"
          text={failure.logTail}
          isReadFromEnd
        />
      )}
    </SpaceBetween>
  </Container>
);

const hasDetails = ({ source, traceback, logTail, errorName }: RunFailure): boolean =>
  [source, traceback, logTail, errorName].some((part) => part !== null);

/** As high as the window, so that nothing that is seen moves when the reason and what to do arrive. */
const TO_COME = <Loading what="the reason" isPage />;

interface RunFailureReportProps {
  readonly identifier: string;
  readonly run: RunView;
  /** Undefined where it could not be read. */
  readonly job: SparkJobView | undefined;
}

/** A failed run on one screen: reason, advice, failing cell, what changed since it last worked, and what to do. */
export const RunFailureReport = ({ identifier, run, job }: RunFailureReportProps) => {
  const { data: failure, error } = useRead(
    'getFailure',
    { identifier, runId: run.id },
    // EMR delivers the log some minutes after the run has ended.
    { isLive: () => false },
  );
  if (failure === undefined && error === null) return TO_COME;
  const reason = failure?.reason ?? run.reason;
  const { type, header } = wordsOf(run);
  return (
    <Suspense fallback={TO_COME}>
      <SpaceBetween size="l">
        <Alert type={type} header={header}>
          <SpaceBetween size="xs">
            {failure !== undefined && <Box variant="p">{failure.advice}</Box>}
            {reason !== null && (
              <Box fontSize="body-s">
                {reason.code}: {reason.message}
              </Box>
            )}
            {failure !== undefined && job !== undefined && <RunRemedies job={job} remedies={failure.remedies} />}
            {error !== null && <Box fontSize="body-s">Details could not be loaded: {error.message}</Box>}
          </SpaceBetween>
        </Alert>
        {failure !== undefined && hasDetails(failure) && <Report failure={failure} />}
        {failure !== undefined && failure.spark !== null && <SparkFacts facts={failure.spark} />}
        {failure !== undefined && failure.changes.length > 0 && <RunChanges changes={failure.changes} />}
      </SpaceBetween>
    </Suspense>
  );
};
