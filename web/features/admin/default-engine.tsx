import Container from '@cloudscape-design/components/container';
import FormField from '@cloudscape-design/components/form-field';
import Header from '@cloudscape-design/components/header';
import RadioGroup from '@cloudscape-design/components/radio-group';

import { useRead } from '../../lib/use-route.ts';
import { ENGINE_WORDS } from '../runs/run-words.ts';
import type { SettingsView } from './settings-input.ts';

type Engine = SettingsView['defaultEngine'];

interface DefaultEngineProps {
  readonly value: Engine;
  readonly onChange: (engine: Engine) => void;
}

/** The engine of jobs that name none, where the deployment has more than one. */
export const DefaultEngine = ({ value, onChange }: DefaultEngineProps) => {
  const { data } = useRead('getSparkJobDefaults', {}, { isPreset: true });
  if (data === undefined || data.engines.length < 2) return null;
  return (
    <Container header={<Header variant="h2">Spark jobs</Header>}>
      <FormField
        label="Default engine"
        description="Of new jobs that name none. Zeppelin notes run on a cluster in any case. Present jobs keep theirs."
      >
        <RadioGroup
          value={value}
          items={data.engines.map((engine) => {
            const { label, description } = ENGINE_WORDS[engine];
            return { value: engine, label, description };
          })}
          onChange={({ detail }) => onChange(detail.value === 'serverless' ? 'serverless' : 'cluster')}
        />
      </FormField>
    </Container>
  );
};
