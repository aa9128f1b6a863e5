import type { OwnActs } from '../../functions/access/own-acts.ts';
import type { AuditedAct } from '../../shared/domain/audit.ts';

/** What the portal recorded of its own; `failure` is thrown where a failed entry forbids the act. */
export const fakeOwnActs = (): OwnActs & { readonly recorded: AuditedAct[]; failure: Error | null } => {
  const recorded: AuditedAct[] = [];
  return {
    recorded,
    failure: null,
    async record(act) {
      if (this.failure !== null) throw this.failure;
      recorded.push(act);
    },
    async recordEnd(act) {
      if (this.failure === null) recorded.push(act);
    },
  };
};
