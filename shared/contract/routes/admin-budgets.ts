import { budgetOverrideBody, budgetsBody, budgetsView } from '../budgets.ts';
import { route } from '../route.ts';

const common = { feature: 'admin', access: 'admin' } as const;

export const adminBudgetRoutes = {
  getBudgets: route({
    ...common,
    method: 'GET',
    path: '/api/admin/budgets',
    summary: 'Monthly budgets, and what is used of them',
    response: budgetsView,
    status: 200,
  }),
  putBudgets: route({
    ...common,
    method: 'PUT',
    path: '/api/admin/budgets',
    summary: 'Save monthly budgets as a new version',
    body: budgetsBody,
    response: budgetsView,
    status: 200,
  }),
  overrideBudget: route({
    ...common,
    method: 'POST',
    path: '/api/admin/budgets/overrides',
    summary: 'Give a person another limit until the present month ends',
    body: budgetOverrideBody,
    response: budgetsView,
    status: 200,
  }),
};
