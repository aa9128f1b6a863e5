import {
  CognitoIdentityProviderClient,
  ListUsersCommand,
  paginateListUsers,
  type UserType,
} from '@aws-sdk/client-cognito-identity-provider';

import type { ProviderUser } from '../../shared/domain/leavers.ts';
import type { UserDirectory } from '../ports/user-directory.ts';
import { fromAws } from './aws-errors.ts';
import { requestHandler } from './request-handler.ts';

/** The name of a federated user is not their id. */
const toUsers = ({ Attributes = [], Enabled = true }: UserType): ProviderUser[] =>
  Attributes.flatMap(({ Name, Value }) =>
    Name === 'sub' && Value !== undefined ? [{ id: Value, isEnabled: Enabled }] : [],
  );

/** Cognito's user pool, 60 users a call. */
export const cognitoUserDirectory = (
  { userPoolId: UserPoolId }: { readonly userPoolId: string },
  client = new CognitoIdentityProviderClient({ requestHandler }),
): UserDirectory => {
  const request = { UserPoolId, AttributesToGet: ['sub'] };
  const readAll = async (): Promise<ProviderUser[]> => {
    const users: ProviderUser[] = [];
    for await (const { Users = [] } of paginateListUsers({ client, pageSize: 60 }, request))
      users.push(...Users.flatMap(toUsers));
    return users;
  };
  return {
    users: () => fromAws('Cognito', readAll()),
    async find(id) {
      const filter = new ListUsersCommand({ ...request, Filter: `sub = ${JSON.stringify(id)}` });
      const { Users = [] } = await fromAws('Cognito', client.send(filter));
      return Users.flatMap(toUsers)[0] ?? null;
    },
  };
};
