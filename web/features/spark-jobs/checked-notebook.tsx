import Alert from '@cloudscape-design/components/alert';
import SpaceBetween from '@cloudscape-design/components/space-between';
import StatusIndicator from '@cloudscape-design/components/status-indicator';

import type { NotebookCheckView } from '../../../shared/contract/spark-job.ts';
import { bytesText } from '../../lib/amounts.ts';

interface CheckedNotebookProps {
  readonly name: string;
  /** Bytes; null where they are not known any more. */
  readonly size: number | null;
  readonly check: NotebookCheckView;
}

const wordsFor = ({ kind, cells }: NotebookCheckView): string => {
  const [what, part] = kind === 'jupyter' ? ['Python notebook', 'cell'] : ['Zeppelin note', 'paragraph'];
  return `${what}, ${cells} ${part}${cells === 1 ? '' : 's'}`;
};

/** The check result of a valid upload. */
export const CheckedNotebook = ({ name, size, check }: CheckedNotebookProps) => (
  <SpaceBetween size="s">
    <StatusIndicator type="success">
      <span className="atmo-anywhere">
        {name} is uploaded ({wordsFor(check)}
        {size !== null && `, ${bytesText(size)}`})
      </span>
    </StatusIndicator>
    {check.warnings.length > 0 && (
      <Alert type="warning" header="The notebook may not run as expected">
        {check.warnings.map((warning) => (
          <p key={warning}>{warning}</p>
        ))}
      </Alert>
    )}
  </SpaceBetween>
);
