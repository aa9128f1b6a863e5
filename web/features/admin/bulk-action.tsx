import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import StatusIndicator from '@cloudscape-design/components/status-indicator';
import { useState } from 'react';

import type { BulkResult } from '../../../shared/contract/bulk.ts';
import { ConfirmButton } from '../../components/confirm-button.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { useNotify } from '../../components/notices.tsx';
import { countText } from '../../lib/amounts.ts';

interface Chosen {
  readonly id: string;
  readonly name: string;
}

export interface BulkActionProps {
  readonly label: string;
  /** One of what is chosen. */
  readonly noun: string;
  readonly chosen: readonly Chosen[];
  readonly effect: string;
  readonly act: (ids: string[]) => Promise<{ results: BulkResult[] }>;
  readonly onDone: () => void;
}

interface Outcome {
  readonly name: string;
  /** Null: done. */
  readonly problem: string | null;
}

/** What became of each, where something was refused. Refusals come first. */
const Outcomes = ({
  label,
  outcomes,
  onDismiss,
}: {
  label: string;
  outcomes: readonly Outcome[];
  onDismiss: () => void;
}) => {
  const done = outcomes.filter(({ problem }) => problem === null);
  const refused = outcomes.filter(({ problem }) => problem !== null);
  return (
    <Dialog
      visible={outcomes.length > 0}
      header={`${label}: ${done.length} of ${outcomes.length} done`}
      onDismiss={onDismiss}
      footer={
        <Box float="right">
          <Button variant="primary" onClick={onDismiss}>
            Close
          </Button>
        </Box>
      }
    >
      <ul className="atmo-outcomes">
        {[...refused, ...done].map(({ name, problem }) => (
          <li key={name}>
            <StatusIndicator type={problem === null ? 'success' : 'error'} wrapText>
              {problem === null ? name : `${name}: ${problem}`}
            </StatusIndicator>
          </li>
        ))}
      </ul>
    </Dialog>
  );
};

/** A button that does the same to all that is chosen, after a confirmation, and then tells of each that was refused. */
export const BulkAction = ({ label, noun, chosen, effect, act, onDone }: BulkActionProps) => {
  const notify = useNotify();
  const [outcomes, setOutcomes] = useState<readonly Outcome[]>([]);
  const confirm = async (): Promise<void> => {
    const { results } = await act(chosen.map(({ id }) => id));
    const names = new Map(chosen.map(({ id, name }) => [id, name]));
    onDone();
    if (results.every(({ ok }) => ok))
      notify({ type: 'success', text: `${label}: done for ${countText(results.length, noun)}.` });
    else
      setOutcomes(results.map(({ id, problem }) => ({ name: names.get(id) ?? id, problem: problem?.detail ?? null })));
  };
  return (
    <>
      <ConfirmButton
        label={label}
        title={`${label}: ${countText(chosen.length, noun)}`}
        confirmLabel={label}
        disabled={chosen.length === 0}
        onConfirm={confirm}
      >
        <Box>{effect}</Box>
        <ul className="atmo-outcomes">
          {chosen.map(({ id, name }) => (
            <li key={id}>{name}</li>
          ))}
        </ul>
      </ConfirmButton>
      <Outcomes label={label} outcomes={outcomes} onDismiss={() => setOutcomes([])} />
    </>
  );
};
