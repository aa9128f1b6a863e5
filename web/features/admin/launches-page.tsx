import Container from '@cloudscape-design/components/container';
import FormField from '@cloudscape-design/components/form-field';
import Header from '@cloudscape-design/components/header';
import Input from '@cloudscape-design/components/input';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useState } from 'react';

import type { RouteOutput, Routes } from '../../../shared/contract/api.ts';
import { ConfirmButton } from '../../components/confirm-button.tsx';
import { Loaded } from '../../components/loaded.tsx';
import { Page } from '../../components/page.tsx';
import { send } from '../../lib/api.ts';
import { useRead } from '../../lib/use-route.ts';
import { DocumentHistory } from './document-history.tsx';
import { useReloadDocument } from './use-document.ts';

type Launches = RouteOutput<Routes['getLaunches']>;

const Switch = ({ launches }: { readonly launches: Launches }) => {
  const reload = useReloadDocument('getLaunches');
  const [reason, setReason] = useState('');
  const set = async (isPaused: boolean): Promise<void> => {
    await send('setLaunches', { isPaused, reason: isPaused ? reason : null, version: launches.version });
    reload();
  };
  return launches.isPaused ? (
    <SpaceBetween size="m">
      <div>
        <strong>Launches are paused:</strong> {launches.reason}
      </div>
      <ConfirmButton
        label="Let launches go on"
        title="Let launches go on"
        confirmLabel="Let them go on"
        variant="primary"
        onConfirm={() => set(false)}
      >
        Clusters and runs that wait are launched in their turn. Missed runs stay missed.
      </ConfirmButton>
    </SpaceBetween>
  ) : (
    <SpaceBetween size="m">
      <div>Clusters, sessions and runs are launched.</div>
      <ConfirmButton
        label="Pause all launches"
        title="Pause all launches"
        confirmLabel="Pause"
        canConfirm={reason.trim() !== ''}
        onConfirm={() => set(true)}
      >
        <SpaceBetween size="m">
          <div>
            New launches are refused, and scheduled runs are recorded as missed and mailed. What runs goes on, and can
            be extended.
          </div>
          <FormField label="Reason" description="Everybody is told.">
            <Input value={reason} onChange={({ detail }) => setReason(detail.value)} />
          </FormField>
        </SpaceBetween>
      </ConfirmButton>
    </SpaceBetween>
  );
};

const LaunchesPage = () => {
  const query = useRead('getLaunches', {});
  return (
    <Page title="Launches" description="Stop everything new at once, for example where costs run away.">
      <Loaded query={query} what="the switch">
        {(launches) => (
          <SpaceBetween size="l">
            <Container header={<Header variant="h2">Kill switch</Header>}>
              <Switch key={launches.version} launches={launches} />
            </Container>
            <DocumentHistory name="launches" />
          </SpaceBetween>
        )}
      </Loaded>
    </Page>
  );
};

export default LaunchesPage;
