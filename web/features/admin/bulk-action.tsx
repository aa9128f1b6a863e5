import Box from '@cloudscape-design/components/box';

import type { BulkResult } from '../../../shared/contract/bulk.ts';
import { ConfirmButton } from '../../components/confirm-button.tsx';
import { countText } from '../../lib/amounts.ts';

interface BulkActionProps {
  readonly label: string;
  /** One of what is chosen. */
  readonly noun: string;
  readonly ids: readonly string[];
  readonly names: readonly string[];
  readonly effect: string;
  readonly act: (ids: string[]) => Promise<{ results: BulkResult[] }>;
  readonly onDone: () => void;
}

const refusalsIn = (results: readonly BulkResult[], names: ReadonlyMap<string, string>): string =>
  results
    .flatMap(({ id, problem }) => (problem === null ? [] : [`${names.get(id) ?? id}: ${problem.detail}`]))
    .join(' · ');

/** A button that does the same to all that is chosen, after a confirmation; what failed is told in its dialog. */
export const BulkAction = ({ label, noun, ids, names, effect, act, onDone }: BulkActionProps) => {
  const confirm = async (): Promise<void> => {
    const { results } = await act([...ids]);
    const named = new Map(ids.map((id, at) => [id, names[at] ?? id]));
    const refused = refusalsIn(results, named);
    if (refused !== '') {
      const done = results.filter(({ ok }) => ok).length;
      throw new Error(`${done} of ${results.length} done. ${refused}`);
    }
    onDone();
  };
  return (
    <ConfirmButton
      label={label}
      title={`${label} ${countText(ids.length, noun)}?`}
      confirmLabel={label}
      disabled={ids.length === 0}
      onConfirm={confirm}
    >
      <Box>{effect}</Box>
      <Box color="text-body-secondary">{names.join(', ')}</Box>
    </ConfirmButton>
  );
};
