import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import SpaceBetween from '@cloudscape-design/components/space-between';

import type { LeavingQuestion } from '../lib/use-question-before-leaving.ts';
import { Dialog } from './dialog.tsx';

interface LeavingDialogProps {
  readonly question: LeavingQuestion;
  /** Whether what was typed is there again when the person comes back. */
  readonly isKept: boolean;
}

/** Asks before a form with unsaved changes is left. */
const LeavingDialog = ({ question: { stay, leave }, isKept }: LeavingDialogProps) => (
  <Dialog
    visible
    header="Leave without saving?"
    onDismiss={stay}
    footer={
      <Box float="right">
        <SpaceBetween direction="horizontal" size="xs">
          <Button variant="link" onClick={stay}>
            Stay
          </Button>
          <Button variant="primary" onClick={leave}>
            Leave
          </Button>
        </SpaceBetween>
      </Box>
    }
  >
    {isKept
      ? 'What you typed is not saved. This tab keeps it until you come back to this form.'
      : 'What you typed is not saved, and will be lost.'}
  </Dialog>
);

export default LeavingDialog;
