import { DomainError, InvalidInput } from '../../../shared/domain/errors.ts';
import { splitPublicKey } from '../../../shared/domain/ssh-key.ts';
import { sshKeyBody } from '../../lib/contract.ts';

const problemOf = (key: string): string | null => {
  try {
    splitPublicKey(key);
    return null;
  } catch (error) {
    if (error instanceof InvalidInput) return error.errors[0]?.message ?? error.message;
    if (error instanceof DomainError) return error.message;
    throw error;
  }
};

/** The request's schema and the domain's checks that need no cryptography, so that a private key never leaves the page. */
export const sshKeyForm = sshKeyBody.extend({
  key: sshKeyBody.shape.key.superRefine((key, context) => {
    const problem = problemOf(key);
    if (problem !== null) context.addIssue({ code: 'custom', message: problem });
  }),
});
