import type { RequestListener } from 'node:http';

import * as z from 'zod';

import { AwsError, awsJsonProtocol } from '../aws-json.ts';
import { claimsOf, type LocalPerson, type People } from './people.ts';

/** As the service's model has it. */
const ListUsers = z.object({
  UserPoolId: z.string().regex(/^[\w-]+_[0-9a-zA-Z]+$/, 'must be the id of a user pool'),
  Limit: z.int().min(0).max(60).default(60),
  PaginationToken: z.string().min(1).optional(),
  AttributesToGet: z.array(z.string()).optional(),
  Filter: z.string().max(256).default(''),
});

/** `name = "value"` or `name ^= "value"`, with quotation marks within the value escaped. */
const FILTER = /^\s*"?([\w:]+)"?\s*(\^?=)\s*"((?:[^"\\]|\\.)*)"\s*$/;

const USER_DATE = Date.parse('2026-01-01T00:00:00Z') / 1000;

const invalid = (message: string): AwsError => new AwsError('InvalidParameterException', message);

const userOf = (person: LocalPerson, wanted: readonly string[] | undefined) => {
  const { sub, email, email_verified } = claimsOf(person);
  return {
    Username: sub,
    Attributes: Object.entries({ sub, email, email_verified: String(email_verified) })
      .filter(([name]) => wanted?.includes(name) ?? true)
      .map(([Name, Value]) => ({ Name, Value })),
    Enabled: !person.isDisabled,
    UserStatus: 'CONFIRMED',
    UserCreateDate: USER_DATE,
    UserLastModifiedDate: USER_DATE,
  };
};

const valueOf = (person: LocalPerson, name: string): string => {
  if (name === 'status') return person.isDisabled ? 'Disabled' : 'Enabled';
  const value = name === 'username' ? claimsOf(person).sub : claimsOf(person)[name];
  if (typeof value !== 'string') throw invalid(`Invalid search attribute: ${name}`);
  return value;
};

const matching = (people: readonly LocalPerson[], filter: string): readonly LocalPerson[] => {
  if (filter.trim() === '') return people;
  const [, name = '', operator = '', quoted = ''] = FILTER.exec(filter) ?? [];
  if (name === '') throw invalid(`Error while parsing filter: ${filter}`);
  const value = quoted.replaceAll(/\\(.)/g, '$1');
  return people.filter((person) =>
    operator === '=' ? valueOf(person, name) === value : valueOf(person, name).startsWith(value),
  );
};

const startOf = (token: string | undefined): number => {
  const start = token === undefined ? '0' : Buffer.from(token, 'base64url').toString('utf8');
  if (!/^\d+$/.test(start)) throw invalid('Invalid pagination token.');
  return Number(start);
};

/** The user pool over Cognito's own wire protocol, as far as the portal asks it who its users are. */
export const userPoolApi = (userPoolId: string, people: Pick<People, 'all'>): RequestListener =>
  awsJsonProtocol('1.1', {
    ListUsers(input) {
      const { data, error } = ListUsers.safeParse(input);
      if (error) throw invalid(z.prettifyError(error));
      const { UserPoolId, Limit, PaginationToken, AttributesToGet, Filter } = data;
      if (UserPoolId !== userPoolId)
        throw new AwsError('ResourceNotFoundException', `User pool ${UserPoolId} does not exist.`);
      const start = startOf(PaginationToken);
      const end = start + (Limit === 0 ? 60 : Limit);
      const users = matching(people.all(), Filter);
      return {
        Users: users.slice(start, end).map((person) => userOf(person, AttributesToGet)),
        ...(end < users.length && { PaginationToken: Buffer.from(String(end)).toString('base64url') }),
      };
    },
  });
