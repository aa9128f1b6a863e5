import ExpandableSection from '@cloudscape-design/components/expandable-section';
import SpaceBetween from '@cloudscape-design/components/space-between';

import type { RunView } from '../../../shared/contract/run.ts';
import { RunFiles } from './run-files.tsx';
import { isRunnersFile } from './viewers.ts';

/** What the notebook wrote; behind it what the runner wrote of it. */
export const RunFilesTab = ({ identifier, run }: { readonly identifier: string; readonly run: RunView }) => (
  <SpaceBetween size="l">
    <RunFiles identifier={identifier} run={run} kind="results" isShown={(file) => !isRunnersFile(file)} />
    <ExpandableSection
      headerText="Files of the run itself"
      headerDescription="The executed notebook in its formats, its outcome and its log"
    >
      <RunFiles identifier={identifier} run={run} kind="results" isShown={isRunnersFile} />
    </ExpandableSection>
  </SpaceBetween>
);
