import FormField from '@cloudscape-design/components/form-field';
import RadioGroup from '@cloudscape-design/components/radio-group';

import type { SparkJobView } from '../../../shared/contract/spark-job.ts';
import { useRead } from '../../lib/use-route.ts';
import { ENGINE_WORDS } from '../runs/run-words.ts';

type Engine = SparkJobView['engine'];

interface EngineFieldProps {
  /** Null: the portal chooses. */
  readonly value: Engine | null;
  readonly onChange: (engine: Engine) => void;
  readonly error: string | undefined;
}

/** The choice of the engine, where the deployment has more than one. */
export const EngineField = ({ value, onChange, error }: EngineFieldProps) => {
  const { data } = useRead('getSparkJobDefaults', {}, { isPreset: true });
  if (data === undefined || (data.engines.length < 2 && error === undefined)) return null;
  return (
    <FormField label="Engine" errorText={error}>
      <RadioGroup
        value={value ?? data.engine}
        items={data.engines.map((engine) => {
          const { label, description } = ENGINE_WORDS[engine];
          return { value: engine, label, description };
        })}
        onChange={({ detail }) => onChange(detail.value === 'serverless' ? 'serverless' : 'cluster')}
      />
    </FormField>
  );
};
