import * as z from 'zod';

import { RELEASE_ENGINES } from '../domain/emr-release-facts.ts';

export const emrReleaseView = z.object({
  version: z.string(),
  changelogUrl: z.string(),
  helpText: z.string(),
  isActive: z.boolean(),
  isExperimental: z.boolean(),
  isDeprecated: z.boolean(),
  applications: z.array(z.string()),
  sparkVersion: z.string(),
  pythonVersion: z.string(),
  supportEndsOn: z.string().nullable(),
  engines: z.array(z.enum(RELEASE_ENGINES)),
  /** Absent until an admin has changed it. */
  modifiedAt: z.string().exactOptional(),
});

export type EmrReleaseView = z.output<typeof emrReleaseView>;
