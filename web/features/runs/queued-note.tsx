import Alert from '@cloudscape-design/components/alert';

import type { RunView } from '../../../shared/contract/run.ts';

/** Why a run on EMR Serverless has not begun although it was started. */
export const QueuedNote = ({ run: { status, number } }: { readonly run: Pick<RunView, 'status' | 'number'> }) =>
  status === 'QUEUED' && (
    <Alert type="info" header={`Run ${number} is queued`}>
      The EMR Serverless application of its release is at its maximum capacity. The run begins when others have ended;
      AWS does not tell its position in the queue. If it waits too long it is missed, and its owner gets a mail.
    </Alert>
  );
