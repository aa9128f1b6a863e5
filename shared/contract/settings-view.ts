import * as z from 'zod';

import { RUN_ENGINES } from '../domain/engine.ts';
import { documentVersion } from './documents.ts';

export const limitsView = z.object({
  maxSize: z.number(),
  maxLifetime: z.number(),
  defaultLifetime: z.number(),
  maxIdleHours: z.number(),
  defaultIdleHours: z.number(),
  maxTimeout: z.number(),
  defaultTimeout: z.number(),
});

export const helpLinkView = z.object({ text: z.string(), url: z.string() });

export const settingsView = z.object({
  ...documentVersion,
  companyDomain: z.string().nullable(),
  masterInstanceType: z.string(),
  coreInstanceType: z.string(),
  spot: z.object({ isEnabled: z.boolean(), maximumPricePercent: z.number() }),
  limits: limitsView,
  accountingTags: z.record(z.string(), z.string()),
  helpLinks: z.array(helpLinkView),
  defaultEngine: z.enum(RUN_ENGINES),
});
