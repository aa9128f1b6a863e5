import type { ClaimedResource, ClaimedResources } from '../../functions/ports/claimed-resources.ts';

export const fakeClaimedResources = (): ClaimedResources => {
  const held = new Map<string, ClaimedResource>();
  const put = (application: ClaimedResource): ClaimedResource => {
    held.set(application.key, application);
    return application;
  };
  return {
    claim: async (key, token, now) =>
      held.get(key) ?? put({ key, token, claimedAt: now, resourceId: null, version: 1 }),
    async made({ key, token }, resourceId) {
      const claim = held.get(key);
      if (claim?.token === token) put({ ...claim, resourceId, version: claim.version + 1 });
    },
    async replace(gone, token, now) {
      const claim = held.get(gone.key) ?? gone;
      if (claim.token !== gone.token) return claim;
      return put({ ...claim, token, claimedAt: now, resourceId: null, version: claim.version + 1 });
    },
  };
};
