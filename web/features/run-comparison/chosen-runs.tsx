import FormField from '@cloudscape-design/components/form-field';
import Select from '@cloudscape-design/components/select';
import { useNavigate } from 'react-router';

import { PAGES } from '../../../shared/contract/pages.ts';
import type { ListedRunView, RunView } from '../../../shared/contract/run.ts';
import { utcText } from '../../lib/instant-text.ts';
import { useRead } from '../../lib/use-route.ts';
import { runStateWords } from '../runs/run-state.tsx';

/** Runs among which another one can be chosen. */
const NEWEST = 100;

const optionOf = (run: ListedRunView) => ({
  value: run.id,
  label: `Run ${run.number}`,
  description: `${runStateWords(run)[1]}, ${utcText(run.scheduledAt)}`,
});

interface ChosenRunsProps {
  readonly identifier: string;
  readonly before: RunView;
  readonly after: RunView;
}

/** The two runs that are compared, each with others to take in its place. */
export const ChosenRuns = ({ identifier, before, after }: ChosenRunsProps) => {
  const navigate = useNavigate();
  const { data } = useRead('listRuns', { identifier, limit: NEWEST, sort: '-number' });
  const options = (data?.items ?? [before, after]).map(optionOf);
  const fields = [
    ['Compare', before, (id: string) => PAGES.compareRuns(identifier, id, after.id)],
    ['With', after, (id: string) => PAGES.compareRuns(identifier, before.id, id)],
  ] as const;
  return (
    <div className="atmo-compared-runs">
      {fields.map(([label, run, addressWith]) => (
        <FormField key={label} label={label}>
          <Select
            selectedOption={optionOf(run)}
            options={options}
            filteringType="auto"
            triggerVariant="option"
            onChange={({ detail }) =>
              void navigate(addressWith(detail.selectedOption.value ?? run.id), { replace: true })
            }
          />
        </FormField>
      ))}
    </div>
  );
};
