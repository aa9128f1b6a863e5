import type { BudgetAccounts } from '../../functions/ports/budget-accounts.ts';
import { limitOf, NO_BUDGETS, type Budgets } from '../../shared/domain/budget.ts';
import { usedIn } from '../../shared/domain/budget-account.ts';
import type { DocumentContents, DocumentName, DocumentVersion } from '../../shared/domain/document.ts';
import { isActive, type Expiring } from '../../shared/domain/expiring.ts';
import { DEFAULT_QUOTAS, type Quotas } from '../../shared/domain/quota.ts';
import { ADMIN } from './people.ts';
import type { Random } from './random.ts';

/** Low, so that people reach them. */
const WORKERS = 5;
const QUOTAS: Quotas = { ...DEFAULT_QUOTAS, clusters: 2, workers: WORKERS, sessions: 1 };

const version = <Name extends DocumentName>(
  name: Name,
  number: number,
  content: DocumentContents[Name],
): DocumentVersion<Name> => ({
  name,
  version: number,
  content,
  changedAt: new Date().toISOString(),
  changedBy: ADMIN.username,
  changedById: ADMIN.id,
});

/** What admins have saved before a simulation begins. */
export const limitsOf = (random: Random) => {
  const budgets: Budgets = random.chance(0.5)
    ? NO_BUDGETS
    : { ...NO_BUDGETS, eachPerson: random.between(5, 60), everyone: random.between(20, 80) };
  return {
    budgets,
    documents: [
      version('quotas', 1, { everyone: QUOTAS, people: {} }),
      version('budgets', 1, budgets),
    ] as readonly DocumentVersion<DocumentName>[],
  };
};

/** The next state of the kill switch. */
export const switchedLaunches = (number: number): DocumentVersion<'launches'> =>
  version(
    'launches',
    number,
    number % 2 === 1 ? { isPaused: true, reason: 'simulated' } : { isPaused: false, reason: null },
  );

type Violated = (what: string) => void;

/** Accounts that tell when more is held than the budget has. */
export const watchedAccounts = (accounts: BudgetAccounts, budgets: Budgets, violated: Violated): BudgetAccounts => ({
  ...accounts,
  async hold(id, hold, roomFor) {
    const answer = await accounts.hold(id, hold, roomFor);
    for (const [month, dollars] of Object.entries(answer.isHeld ? answer.added : {})) {
      const limit = limitOf(budgets, id, month);
      if (dollars > 0 && limit !== null && usedIn(answer.account, month) > limit + 1e-6)
        violated(`The budget ${id} of ${limit} has ${usedIn(answer.account, month)} used in ${month}`);
    }
    return answer;
  },
});

/** Tells when one person has more active ones than the quota has, or more workers in them. */
export const holdToQuota = (all: Iterable<Expiring>, quota: 'clusters' | 'sessions', violated: Violated): void => {
  const active = [...all].filter(isActive);
  for (const [owner, held] of Map.groupBy(active, ({ ownerId }) => ownerId)) {
    if (held.length > QUOTAS[quota]) violated(`${owner} has ${held.length} ${quota}, the quota is ${QUOTAS[quota]}`);
    const workers = held.reduce((sum, { size }) => sum + size, 0);
    if (quota === 'clusters' && workers > WORKERS) violated(`${owner} has ${workers} workers, the quota is ${WORKERS}`);
  }
};
