import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { CognitoIdentityProviderClient } from '@aws-sdk/client-cognito-identity-provider';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { cognitoUserDirectory } from '../../functions/adapters/cognito-user-directory.ts';
import type { UserDirectory } from '../../functions/ports/user-directory.ts';
import { openPeople, subjectOf } from '../../local/identity/people.ts';
import { userPoolApi } from '../../local/identity/user-pool-api.ts';
import { fakeUserDirectory } from '../fakes/fake-user-directory.ts';

const POOL = { userPoolId: 'us-west-2_pool' };

const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };

const directoryAt = (server: http.Server): UserDirectory =>
  cognitoUserDirectory(
    POOL,
    new CognitoIdentityProviderClient({
      endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
      region: 'us-west-2',
      credentials,
      maxAttempts: 1,
    }),
  );

const serve = async (listener: http.RequestListener): Promise<http.Server> => {
  const server = http.createServer(listener).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return server;
};

const EMAILS = Array.from({ length: 130 }, (_, number) => `user-${number}@example.com`);
const IDS = EMAILS.map((email) => subjectOf({ email }));
const [DISABLED = '', ENABLED = ''] = IDS;

let directory: string;
let pool: http.Server;

beforeAll(async () => {
  directory = mkdtempSync(path.join(tmpdir(), 'atmo-users-'));
  const people = openPeople(path.join(directory, 'people.json'));
  for (const [number, email] of EMAILS.entries()) people.put({ email, isDisabled: number === 0 });
  pool = await serve(userPoolApi(POOL.userPoolId, { all: () => people.all().slice(-EMAILS.length) }));
});

afterAll(() => {
  pool.close();
  rmSync(directory, { recursive: true });
});

const implementations: [string, () => UserDirectory][] = [
  [
    'the fake',
    () => {
      const fake = fakeUserDirectory(...IDS);
      fake.disable(DISABLED);
      return fake.directory;
    },
  ],
  ['Cognito', () => directoryAt(pool)],
];

describe.each(implementations)('the users of %s', (_name, start) => {
  it('are listed to the last, with who is disabled', async () => {
    const users = await start().users();
    expect(users.map(({ id }) => id)).toEqual(IDS);
    expect(users.filter(({ isEnabled }) => !isEnabled)).toEqual([{ id: DISABLED, isEnabled: false }]);
  });

  it.each([
    [DISABLED, { id: DISABLED, isEnabled: false }],
    [ENABLED, { id: ENABLED, isEnabled: true }],
    ['nobody', null],
    ['" or sub ^= "', null],
  ])('are found by id: %s', async (id, user) => {
    expect(await start().find(id)).toEqual(user);
  });
});

describe('a list of users that breaks off', () => {
  it.each([
    ['TooManyRequestsException', 'AwsThrottled'],
    ['InternalErrorException', 'AwsFailed'],
  ])('with %s is none at all', async (code, name) => {
    let pages = 0;
    const server = await serve((request, response) => {
      request.resume();
      pages += 1;
      response.writeHead(pages === 1 ? 200 : 400, { 'content-type': 'application/x-amz-json-1.1' });
      const user = { Username: 'a', Enabled: true, Attributes: [{ Name: 'sub', Value: 'a' }] };
      response.end(
        JSON.stringify(pages === 1 ? { Users: [user], PaginationToken: 'next' } : { __type: code, message: 'no' }),
      );
    });
    try {
      await expect(directoryAt(server).users()).rejects.toMatchObject({ name });
      expect(pages).toBe(2);
    } finally {
      server.close();
    }
  });
});
