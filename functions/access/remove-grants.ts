import type { SharedKind } from '../../shared/domain/grant.ts';
import type { GrantRepository } from '../ports/grant-repository.ts';

/** Ends the sharing of an object. A repetition removes what a failure left. @throws AwsThrottled, AwsFailed */
export const removeGrantsOn = async (
  grants: Pick<GrantRepository, 'on' | 'remove'>,
  kind: SharedKind,
  objectId: string,
): Promise<void> => {
  await Promise.all((await grants.on(kind, objectId)).map((grant) => grants.remove(grant)));
};
