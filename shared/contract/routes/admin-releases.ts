import * as z from 'zod';

import { RELEASE_ENGINES } from '../../domain/emr-release-facts.ts';
import { asAnswered, optionalText, requestBody, text, yesOrNo } from '../fields.ts';
import { route } from '../route.ts';
import { emrReleaseView } from '../emr-release-view.ts';

const url = z
  .url({ protocol: /^https$/, error: 'Give the address of the changelog, beginning with https://.' })
  .max(500, { error: 'Shorten the address to at most 500 characters.' });

const ENGINES = `Give engines as a list out of ${RELEASE_ENGINES.join(', ')}.`;

/** Left out, what the release has comes from the table of known releases, else from its family. */
export const emrReleaseBody = requestBody({
  changelogUrl: url,
  helpText: optionalText('the help text', 500),
  isActive: yesOrNo('isActive').default(true),
  isExperimental: yesOrNo('isExperimental').default(false),
  isDeprecated: yesOrNo('isDeprecated').default(false),
  applications: z
    .array(text('an application', 50), { error: 'Give applications as a list of names.' })
    .max(50, { error: 'Give at most 50 applications.' })
    .exactOptional(),
  sparkVersion: text('the Spark version', 30).exactOptional(),
  pythonVersion: text('the Python version', 30).exactOptional(),
  supportEndsOn: z.iso
    .date({ error: 'Give supportEndsOn as a day, for example 2027-11-20.' })
    .nullable()
    .exactOptional(),
  engines: z
    .array(z.enum(RELEASE_ENGINES, { error: ENGINES }), { error: ENGINES })
    .min(1, { error: 'Name at least one engine.' })
    .exactOptional(),
  /** As the answer has it, so that it can be sent back; the time of the change replaces it. */
  modifiedAt: asAnswered('modifiedAt').exactOptional(),
});

const common = { feature: 'admin', access: 'admin' } as const;
const PATH = '/api/admin/emr-releases/{version}';

export const adminReleaseRoutes = {
  listAllEmrReleases: route({
    ...common,
    method: 'GET',
    path: '/api/admin/emr-releases',
    summary: 'All EMR releases, inactive ones too, newest first',
    response: z.object({ items: z.array(emrReleaseView) }),
    status: 200,
  }),
  putEmrRelease: route({
    ...common,
    method: 'PUT',
    path: PATH,
    summary: 'Add an EMR release, or replace what is kept of it',
    body: emrReleaseBody,
    response: emrReleaseView,
    status: 200,
  }),
  deleteEmrRelease: route({
    ...common,
    method: 'DELETE',
    path: PATH,
    summary: 'Delete an EMR release that nothing uses',
    status: 204,
  }),
};
