import Container from '@cloudscape-design/components/container';
import FormField from '@cloudscape-design/components/form-field';
import Header from '@cloudscape-design/components/header';
import Select from '@cloudscape-design/components/select';
import { useQueryClient } from '@tanstack/react-query';
import { useNavigate, useSearchParams } from 'react-router';

import { PAGES } from '../../../shared/contract/pages.ts';
import type { RouteOutput, Routes } from '../../../shared/contract/api.ts';
import type { EmrReleaseView } from '../../../shared/contract/emr-release-view.ts';
import type { SshKeyView } from '../../../shared/contract/routes/ssh-keys.ts';
import { LifetimeField, NameField, SizeField } from '../../components/launch-fields.tsx';
import { LaunchEffect } from '../../components/launch-effect.tsx';
import { Estimate } from '../../components/estimate.tsx';
import { FormFrame } from '../../components/form-frame.tsx';
import { NumberField } from '../../components/number-field.tsx';
import { ReleaseField } from '../../components/release-field.tsx';
import { UsualCost } from '../../components/usual-cost.tsx';
import { send } from '../../lib/api.ts';
import { clusterRoutes, launchClusterBody } from '../../lib/contract.ts';
import { numberOf, useForm } from '../../lib/use-form.ts';
import { useLaunchEstimate } from '../../lib/use-launch-estimate.ts';
import type { LaunchPresets } from './presets-like.ts';
import { HomeNote } from './home-note.tsx';
import { useEarlierClusters } from './use-earlier-clusters.ts';

interface LaunchClusterFormProps {
  readonly presets: LaunchPresets;
  readonly sshKeys: readonly SshKeyView[];
  readonly releases: readonly EmrReleaseView[];
}

const keyOption = ({ id, title, fingerprint }: SshKeyView) => ({ value: id, label: title, description: fingerprint });

/** The contract's schema with this person's own upper limits. */
const schemaFor = ({ maxSize, maxLifetime, maxIdleHours }: LaunchPresets) =>
  launchClusterBody.superRefine(({ size, lifetime = 0, idleHours }, context) => {
    const refuse = (path: string, message: string): void => context.addIssue({ code: 'custom', path: [path], message });
    if (maxSize !== null && size > maxSize) refuse('size', `You may launch up to ${maxSize} workers.`);
    if (lifetime > maxLifetime) refuse('lifetime', `A cluster may live up to ${maxLifetime} hours.`);
    if ((idleHours ?? 0) > maxIdleHours) refuse('idleHours', `Give at most ${maxIdleHours} hours, or leave it empty.`);
  });

const effectOf = ({ machines, budget }: RouteOutput<Routes['estimateCluster']>) => (
  <LaunchEffect machines={machines} budget={budget} what="this cluster" />
);

export const LaunchClusterForm = ({ presets, sshKeys, releases }: LaunchClusterFormProps) => {
  const navigate = useNavigate();
  const client = useQueryClient();
  const form = useForm({
    initial: {
      identifier: presets.identifier,
      size: String(presets.size),
      lifetime: String(presets.lifetime),
      idleHours: String(presets.idleHours ?? ''),
      sshKeyId: presets.sshKeyId ?? sshKeys[0]?.id ?? '',
      emrRelease: presets.emrRelease ?? '',
    },
    schema: schemaFor(presets),
    requestOf: (values) => ({
      ...values,
      size: numberOf(values.size),
      // Null, not absent: an emptied field is an error.
      lifetime: numberOf(values.lifetime) ?? null,
      idleHours: numberOf(values.idleHours) ?? null,
    }),
    draft: `new-cluster ${useSearchParams()[0].get('like') ?? ''}`,
    save: (request) => send('launchCluster', request),
    onSaved: (cluster) => {
      client.setQueryData(['getCluster', { id: cluster.id }], cluster);
      void client.invalidateQueries({ queryKey: ['listClusters'] });
      void navigate(PAGES.cluster(cluster.id));
    },
  });
  const { values, change, errorOf } = form;
  const size = numberOf(values.size);
  const estimate = useLaunchEstimate(
    'estimateCluster',
    clusterRoutes.estimateCluster.body,
    size,
    numberOf(values.lifetime),
  );
  const earlier = useEarlierClusters();
  const chosenKey = sshKeys.find(({ id }) => id === values.sshKeyId);

  return (
    <FormFrame
      form={form}
      submitLabel="Launch the cluster"
      cancelTo="/clusters"
      aside={
        <Estimate
          query={estimate}
          amounts={[
            { label: 'Per hour', of: ({ hourly }) => hourly },
            { label: `For ${values.lifetime || '…'} hours`, of: ({ total }) => total, isTotal: true },
          ]}
          usual={<UsualCost earlier={earlier} size={size} noun="cluster" />}
          more={effectOf}
        />
      }
    >
      <Container header={<Header variant="h2">Cluster</Header>}>
        <div className="atmo-fields">
          <NameField
            label="Identifier"
            value={values.identifier}
            onChange={(identifier) => change({ identifier })}
            error={errorOf('identifier')}
          />
          <SizeField
            description="1 is the master alone, one machine. From 2 on these are workers besides the master: 2 are three machines."
            maximum={presets.maxSize}
            value={values.size}
            onChange={(size) => change({ size })}
            error={errorOf('size')}
          />
          <LifetimeField
            description="Hours until the cluster terminates by itself. You can extend it while it runs."
            limits={presets}
            value={values.lifetime}
            onChange={(lifetime) => change({ lifetime })}
            error={errorOf('lifetime')}
          />
          <NumberField
            label={
              <span>
                Idle hours <i>- optional</i>
              </span>
            }
            description="Hours without a running step, YARN application or busy Jupyter kernel after which EMR terminates the cluster. Empty: never."
            constraintText={`${presets.minIdleHours} to ${presets.maxIdleHours} hours.`}
            value={values.idleHours}
            onChange={(idleHours) => change({ idleHours })}
            error={errorOf('idleHours')}
          />
          <FormField label="SSH key" description="Its private half opens the cluster." errorText={errorOf('sshKeyId')}>
            <Select
              selectedOption={chosenKey === undefined ? null : keyOption(chosenKey)}
              options={sshKeys.map(keyOption)}
              placeholder="Choose a key"
              onChange={({ detail }) => change({ sshKeyId: detail.selectedOption.value ?? '' })}
            />
          </FormField>
          <ReleaseField
            releases={releases}
            value={values.emrRelease}
            onChange={(emrRelease) => change({ emrRelease })}
            error={errorOf('emrRelease')}
          />
          <HomeNote homes={presets.homes} />
        </div>
      </Container>
    </FormFrame>
  );
};
