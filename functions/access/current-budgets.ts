import { NO_BUDGETS, type Budgets } from '../../shared/domain/budget.ts';
import type { Documents } from '../ports/documents.ts';

/** The limits of now; none until an admin has saved some. */
export const currentBudgets = (documents: Pick<Documents, 'newest'>) => async (): Promise<Budgets> =>
  (await documents.newest('budgets'))?.content ?? NO_BUDGETS;
