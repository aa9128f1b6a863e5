import type { ProviderUser } from '../../shared/domain/leavers.ts';

/** The identity provider's own list of users. */
export interface UserDirectory {
  /** Every user, disabled ones included. @throws AwsThrottled, AwsFailed: then nothing is known of anybody */
  users(): Promise<readonly ProviderUser[]>;
  /** Null if there is none. @throws AwsThrottled, AwsFailed */
  find(id: string): Promise<ProviderUser | null>;
}
