import Container from '@cloudscape-design/components/container';
import Header from '@cloudscape-design/components/header';
import { useQueryClient } from '@tanstack/react-query';
import { useNavigate, useSearchParams } from 'react-router';

import type { RouteOutput, Routes } from '../../../shared/contract/api.ts';
import { PAGES } from '../../../shared/contract/pages.ts';
import type { SessionView } from '../../../shared/contract/routes/sessions.ts';
import { Estimate } from '../../components/estimate.tsx';
import { FormFrame } from '../../components/form-frame.tsx';
import { LifetimeField, NameField, SizeField } from '../../components/launch-fields.tsx';
import { LaunchEffect } from '../../components/launch-effect.tsx';
import { NumberField } from '../../components/number-field.tsx';
import { ReleaseField } from '../../components/release-field.tsx';
import { UsualCost } from '../../components/usual-cost.tsx';
import { send } from '../../lib/api.ts';
import { sessionRoutes, startSessionBody } from '../../lib/contract.ts';
import { numberOf, useForm } from '../../lib/use-form.ts';
import { useLaunchEstimate } from '../../lib/use-launch-estimate.ts';
import { useEarlierSessions } from './use-earlier-sessions.ts';

export type SessionPresets = RouteOutput<Routes['getSessionDefaults']>;

/** The presets for another session like an earlier one, as far as its release can still be chosen. */
export const sessionPresetsLike = (
  presets: SessionPresets,
  { name, size, lifetime, idleMinutes, emrRelease }: SessionView,
): SessionPresets => ({
  ...presets,
  name,
  size: Math.min(size, presets.maxSize ?? size),
  lifetime: Math.min(lifetime, presets.maxLifetime),
  idleMinutes,
  emrRelease: presets.releases.some(({ version }) => version === emrRelease) ? emrRelease : presets.emrRelease,
});

/** The contract's schema with this person's own upper limits. */
const schemaFor = ({ maxSize, maxLifetime }: SessionPresets) =>
  startSessionBody.superRefine(({ size, lifetime = 0 }, context) => {
    const refuse = (path: string, message: string): void => context.addIssue({ code: 'custom', path: [path], message });
    if (maxSize !== null && size > maxSize) refuse('size', `You may start up to ${maxSize} workers.`);
    if (lifetime > maxLifetime) refuse('lifetime', `A session may live up to ${maxLifetime} hours.`);
  });

const effectOf = ({ workers, budget }: RouteOutput<Routes['estimateSession']>) => (
  <LaunchEffect workers={workers} budget={budget} what="this session" />
);

export const StartSessionForm = ({ presets }: { readonly presets: SessionPresets }) => {
  const navigate = useNavigate();
  const client = useQueryClient();
  const form = useForm({
    initial: {
      name: presets.name,
      size: String(presets.size),
      lifetime: String(presets.lifetime),
      idleMinutes: String(presets.idleMinutes),
      emrRelease: presets.emrRelease ?? '',
    },
    schema: schemaFor(presets),
    requestOf: (values) => ({
      ...values,
      size: numberOf(values.size),
      // Null, not absent: an emptied field is an error.
      lifetime: numberOf(values.lifetime) ?? null,
      idleMinutes: numberOf(values.idleMinutes) ?? null,
    }),
    draft: `new-session ${useSearchParams()[0].get('like') ?? ''}`,
    save: (request) => send('startSession', request),
    onSaved: (session) => {
      client.setQueryData(['getSession', { id: session.id }], session);
      void client.invalidateQueries({ queryKey: ['listSessions'] });
      void navigate(PAGES.session(session.id));
    },
  });
  const { values, change, errorOf } = form;
  const size = numberOf(values.size);
  const estimate = useLaunchEstimate(
    'estimateSession',
    sessionRoutes.estimateSession.body,
    size,
    numberOf(values.lifetime),
  );
  const earlier = useEarlierSessions();
  return (
    <FormFrame
      form={form}
      submitLabel="Start the session"
      cancelTo="/sessions"
      aside={
        <Estimate
          query={estimate}
          amounts={[
            { label: 'At most per hour', of: ({ hourly }) => hourly },
            { label: `At most for ${values.lifetime || '…'} hours`, of: ({ total }) => total, isTotal: true },
          ]}
          usual={<UsualCost earlier={earlier} size={size} noun="session" />}
          more={effectOf}
        />
      }
    >
      <Container header={<Header variant="h2">Session</Header>}>
        <div className="atmo-fields">
          <NameField label="Name" value={values.name} onChange={(name) => change({ name })} error={errorOf('name')} />
          <SizeField
            description="The most workers, besides the driver. Spark asks for them as it needs them, and you pay for what it uses."
            maximum={presets.maxSize}
            value={values.size}
            onChange={(size) => change({ size })}
            error={errorOf('size')}
          />
          <LifetimeField
            description="Hours until the session ends by itself. You can extend it while it runs, up to 24 hours in all."
            limits={presets}
            value={values.lifetime}
            onChange={(lifetime) => change({ lifetime })}
            error={errorOf('lifetime')}
          />
          <NumberField
            label="Idle time-out"
            description="Minutes without work after which the session ends."
            constraintText={`${presets.minIdleMinutes} to ${presets.maxIdleMinutes} minutes.`}
            value={values.idleMinutes}
            onChange={(idleMinutes) => change({ idleMinutes })}
            error={errorOf('idleMinutes')}
          />
          <ReleaseField
            releases={presets.releases}
            value={values.emrRelease}
            onChange={(emrRelease) => change({ emrRelease })}
            error={errorOf('emrRelease')}
          />
        </div>
      </Container>
    </FormFrame>
  );
};
