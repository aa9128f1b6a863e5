/** The custom attribute of the user pool that takes the groups of a federated provider. */
export const REMOTE_GROUPS_ATTRIBUTE = 'groups';

/** Claims of the ID token beyond the standard ones. */
export const CLAIMS = { groups: 'cognito:groups', remoteGroups: `custom:${REMOTE_GROUPS_ATTRIBUTE}` } as const;

/** How long a session lasts without signing in again: the validity of the refresh token and of the cookies. */
export const SESSION_HOURS = 24;
