import type { ServerlessApplication, ServerlessApplications } from '../../functions/ports/serverless-applications.ts';

export const fakeServerlessApplications = (): ServerlessApplications => {
  const held = new Map<string, ServerlessApplication>();
  const put = (application: ServerlessApplication): ServerlessApplication => {
    held.set(application.key, application);
    return application;
  };
  return {
    claim: async (key, token, now) =>
      held.get(key) ?? put({ key, token, claimedAt: now, applicationId: null, version: 1 }),
    async made({ key, token }, applicationId) {
      const claim = held.get(key);
      if (claim?.token === token) put({ ...claim, applicationId, version: claim.version + 1 });
    },
    async replace(gone, token, now) {
      const claim = held.get(gone.key) ?? gone;
      if (claim.token !== gone.token) return claim;
      return put({ ...claim, token, claimedAt: now, applicationId: null, version: claim.version + 1 });
    },
  };
};
