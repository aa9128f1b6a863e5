import * as z from 'zod';

import { GRANT_LEVELS, MAX_GRANTS } from '../domain/grant.ts';
import { MAX_ADDRESS_LENGTH } from '../domain/person.ts';
import { asAnswered, requestBody } from './fields.ts';

const TO_RULE = 'Give a person as user:<username or address>, or a group as group:<name>.';

/** Longer than the names of Cognito's groups, too. */
const MAX_TO = 'group:'.length + MAX_ADDRESS_LENGTH;

const grant = requestBody(
  {
    to: z
      .string({ error: TO_RULE })
      .max(MAX_TO, { error: TO_RULE })
      .regex(/^(user|group):\s*\S/, { error: TO_RULE }),
    level: z.enum(GRANT_LEVELS, { error: 'Give level as view or manage.' }),
  },
  'Give each entry as {to, level}, for example {"to": "user:bob", "level": "view"}.',
);

export type GrantEntry = z.output<typeof grant>;

export const grantsBody = requestBody({
  grants: z.array(grant, { error: 'Give grants as a list; an empty one shares with nobody.' }).max(MAX_GRANTS, {
    error: `Share with at most ${MAX_GRANTS} people and groups. A group holds any number of people.`,
  }),
  /** As the answer has it, so that it can be sent back. */
  modifiedAt: asAnswered('modifiedAt').exactOptional(),
});

export const grantsView = z.object({
  grants: z.array(z.object({ to: z.string(), level: z.enum(GRANT_LEVELS) })),
  /** When the newest of the grants was given; absent where there is none. */
  modifiedAt: z.string().exactOptional(),
});

export type GrantsView = z.output<typeof grantsView>;
