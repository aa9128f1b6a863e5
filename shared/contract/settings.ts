import * as z from 'zod';

import { MAX_ACCOUNTING_TAGS, tagProblem } from '../domain/accounting-tags.ts';
import { RUN_ENGINES, type RunEngine } from '../domain/engine.ts';
import { haveOneArchitecture, INSTANCE_TYPE } from '../domain/instance-type.ts';
import { LIMITS_OF_LIMITS } from '../domain/settings.ts';
import { documentBody, versionAsAnswered } from './documents.ts';
import { requestBody, text, wholeNumber, yesOrNo } from './fields.ts';

export const companyDomain = z
  .hostname({ error: 'Give a host name such as example.com, or null for none.' })
  .nullable();

export const instanceType = z
  .string({ error: 'Give an EC2 instance type such as m7g.xlarge.' })
  .regex(INSTANCE_TYPE, { error: 'Give an EC2 instance type such as m7g.xlarge.' });

export const maximumPricePercent = wholeNumber('the most to pay for spot, in per cent of the on-demand price,', 1, 100);

type Tags = Readonly<Record<string, string>>;

/** Not Zod's records, which leave out the name `__proto__` without a word. */
export const accountingTags = z
  .custom<Tags>((given) => typeof given === 'object' && given !== null && !Array.isArray(given), {
    error: 'Give names and values, for example {"CostCenter": "4711"}.',
  })
  .meta({ type: 'object', additionalProperties: { type: 'string' } })
  .superRefine((tags: Tags, context) => {
    const pairs = Object.entries(tags) as [string, unknown][];
    const refuse = (path: string[], message: string): void =>
      context.addIssue({ code: 'custom', path, message, input: tags });
    if (pairs.length > MAX_ACCOUNTING_TAGS) refuse([], `Give at most ${MAX_ACCOUNTING_TAGS} tags.`);
    for (const [key, value] of pairs) {
      const problem = typeof value === 'string' ? tagProblem(key, value) : 'Give the value as text.';
      if (problem !== null) refuse([key.slice(0, 100)], problem);
    }
  });

const MAX_HELP_LINKS = 6;

export const helpLinks = z
  .array(
    requestBody(
      {
        text: text('a text', 40),
        url: z.url({ protocol: /^https$/, error: 'Give an address that begins with https://.' }).max(500, {
          error: 'Shorten the address to at most 500 characters.',
        }),
      },
      'Give each link as {text, url}.',
    ),
    { error: 'Give a list of {text, url}.' },
  )
  .refine((links) => links.length <= MAX_HELP_LINKS, { error: `Give at most ${MAX_HELP_LINKS} links.` });

const { maxSize, maxLifetime, maxIdleHours, maxTimeout } = LIMITS_OF_LIMITS;

const limits = requestBody(
  {
    maxSize: wholeNumber('the most workers', 1, maxSize),
    maxLifetime: wholeNumber('the longest lifetime in hours', 2, maxLifetime),
    defaultLifetime: wholeNumber('the preset lifetime in hours', 2, maxLifetime),
    maxIdleHours: wholeNumber('the most idle hours', 1, maxIdleHours),
    defaultIdleHours: wholeNumber('the preset idle hours', 1, maxIdleHours),
    maxTimeout: wholeNumber('the longest timeout in hours', 1, maxTimeout),
    defaultTimeout: wholeNumber('the preset timeout in hours', 1, maxTimeout),
  },
  'Give limits as the answer had it.',
).superRefine((given, context) => {
  const pairs = [
    ['defaultLifetime', 'maxLifetime'],
    ['defaultIdleHours', 'maxIdleHours'],
    ['defaultTimeout', 'maxTimeout'],
  ] as const;
  for (const [preset, most] of pairs)
    if (given[preset] > given[most])
      context.addIssue({ code: 'custom', path: [preset], message: `Choose at most ${given[most]}, the limit.` });
});

const fields = {
  companyDomain,
  spot: requestBody({ isEnabled: yesOrNo('isEnabled'), maximumPricePercent }, 'Give spot as the answer had it.'),
  limits,
  accountingTags,
  helpLinks,
};

const engineOf = (engines: readonly RunEngine[]) =>
  z.enum(engines, { error: `Choose an engine that this stage has: ${engines.join(', ')}.` });

/** What is wrong with an instance type in the stage's Region; null if nothing is. */
type InstanceTypeProblem = (instanceType: string) => string | null;

/**
 * The body of a change. Only the API knows the prices of its Region and the engines of its stage, so that it alone passes them.
 */
export const settingsBodyFor = (problemOf: InstanceTypeProblem, engines: readonly RunEngine[] = RUN_ENGINES) => {
  const checked = instanceType.superRefine((given, context) => {
    const problem = problemOf(given);
    if (problem !== null) context.addIssue({ code: 'custom', message: problem });
  });
  return documentBody({
    ...fields,
    masterInstanceType: checked,
    coreInstanceType: checked,
    defaultEngine: engineOf(engines),
  })
    .extend({ version: versionAsAnswered })
    .refine(({ masterInstanceType, coreInstanceType }) => haveOneArchitecture(masterInstanceType, coreInstanceType), {
      path: ['coreInstanceType'],
      error: 'Choose the architecture of the master: both Graviton, or both x86.',
      // Also where other fields are wrong.
      when: ({ value }) =>
        z.looseObject({ masterInstanceType: instanceType, coreInstanceType: instanceType }).safeParse(value).success,
    });
};

export const settingsBody = settingsBodyFor(() => null);
