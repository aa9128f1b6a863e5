import FormField from '@cloudscape-design/components/form-field';
import RadioGroup from '@cloudscape-design/components/radio-group';

import type { EmrReleaseView } from '../../../shared/contract/emr-release-view.ts';
import { useRead } from '../../lib/use-route.ts';
import { ENGINE_WORDS } from '../runs/run-words.ts';
import { jobEngine, serverlessObstacle, type JobEngine } from './job-engine.ts';
import type { SparkJobInput } from './spark-job-input.ts';

interface EngineFieldProps {
  readonly values: SparkJobInput;
  readonly releases: readonly EmrReleaseView[];
  readonly onChange: (engine: JobEngine) => void;
  readonly error: string | undefined;
}

/** The choice of the engine, where the deployment has more than one. */
export const EngineField = ({ values, releases, onChange, error }: EngineFieldProps) => {
  const { data } = useRead('getSparkJobDefaults', {}, { isPreset: true });
  if (data === undefined || (data.engines.length < 2 && error === undefined)) return null;
  const obstacle = serverlessObstacle(values, releases);
  return (
    <FormField label="Engine" errorText={error}>
      <RadioGroup
        value={jobEngine(values, data, releases)}
        items={data.engines.map((engine) => {
          const { label, description } = ENGINE_WORDS[engine];
          const isRefused = engine === 'serverless' && obstacle !== null;
          return { value: engine, label, description: isRefused ? obstacle : description, disabled: isRefused };
        })}
        onChange={({ detail }) => onChange(detail.value === 'serverless' ? 'serverless' : 'cluster')}
      />
    </FormField>
  );
};
