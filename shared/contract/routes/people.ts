import * as z from 'zod';

import { MAX_ADDRESS_LENGTH } from '../../domain/person.ts';
import { route } from '../route.ts';

export const personView = z.object({ id: z.string(), username: z.string(), email: z.string() });

export type PersonView = z.output<typeof personView>;

const searchText = z
  .string()
  .max(MAX_ADDRESS_LENGTH, { error: `Shorten query to at most ${MAX_ADDRESS_LENGTH} characters.` });

export const peopleRoutes = {
  findPeople: route({
    feature: 'people',
    access: 'signed-in',
    method: 'GET',
    path: '/api/people',
    summary: 'The first 25 people whose username or address begins with the text, and all groups, to share with',
    query: z.strictObject({ query: searchText.default('') }),
    response: z.object({ items: z.array(personView), groups: z.array(z.string()) }),
    status: 200,
  }),
};
