import { lazy, Suspense, type ReactNode } from 'react';

import type { RunView } from '../../../shared/contract/run.ts';
import { AddressTabs } from '../../components/address-tabs.tsx';
import { Loading } from '../../components/loaded.tsx';
import { RunFilesTab } from './run-files-tab.tsx';
import { RunNotebook } from './run-notebook.tsx';
import { RunSparkUi } from './run-spark-ui.tsx';
import { RunSummary } from './run-summary.tsx';

const RunLog = lazy(() => import('./run-log.tsx'));

interface RunTabsProps {
  readonly identifier: string;
  readonly run: RunView;
  /** The cell that runs. */
  readonly running: number | null | undefined;
}

const tabsOf = ({
  identifier,
  run,
  running = null,
}: RunTabsProps): readonly (readonly [string, string, ReactNode])[] => [
  ['notebook', 'Notebook', <RunNotebook key="notebook" identifier={identifier} run={run} running={running} />],
  ['files', 'Files', <RunFilesTab key="files" identifier={identifier} run={run} />],
  [
    'log',
    'Log',
    <Suspense key="log" fallback={<Loading what="the log" />}>
      <RunLog identifier={identifier} run={run} />
    </Suspense>,
  ],
  ['spark-ui', 'Spark UI', <RunSparkUi key="spark-ui" identifier={identifier} run={run} />],
  ['details', 'Details', <RunSummary key="details" run={run} />],
];

/** All about a run; the notebook first. */
export const RunTabs = (props: RunTabsProps) => (
  <AddressTabs label="About this run" tabs={tabsOf(props).map(([id, label, content]) => ({ id, label, content }))} />
);
