import * as z from 'zod';

import { MAX_ADDRESS_LENGTH } from '../domain/person.ts';
import { releaseVersion } from './fields.ts';

const owner = z
  .string()
  .trim()
  .min(1, { error: 'Name an owner, or leave owner out.' })
  .max(MAX_ADDRESS_LENGTH, { error: `Shorten owner to at most ${MAX_ADDRESS_LENGTH} characters.` })
  .optional();

/** How admins narrow lists of everybody's. */
export const ofEverybody = { owner, emrRelease: releaseVersion.optional() };
