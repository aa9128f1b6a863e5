import type { RouteInput, Routes } from '../../shared/contract/api.ts';
import type { MyUsage } from '../../shared/contract/usage.ts';
import { CURRENCY } from '../../shared/domain/cost.ts';
import { daysOfMonth, monthOf } from '../../shared/domain/month.ts';
import type { Person } from '../../shared/domain/person.ts';
import { byKey, rowsBy, sumOfDays, type UsageRow } from '../../shared/domain/usage-report.ts';
import type { BudgetOf } from '../access/budget-of.ts';
import type { SummedUsage } from '../access/summed-usage.ts';
import type { Clock } from '../runtime/clock.ts';

interface GetMyUsageDependencies {
  readonly usage: SummedUsage;
  readonly budgetOf: BudgetOf;
  readonly clock: Clock;
}

const ofDay = ({ key: day, sum }: UsageRow) => ({ day, ...sum });
const ofKind = ({ key: kind, sum }: UsageRow) => ({ kind, ...sum });

/** What the person used in a month, the present one by default. It goes forward with what ends and, for what runs, every five minutes. */
export const getMyUsage =
  ({ usage, budgetOf, clock }: GetMyUsageDependencies) =>
  async ({ month = monthOf(clock.now()) }: RouteInput<Routes['getMyUsage']>, person: Person): Promise<MyUsage> => {
    const { ofPerson } = await usage(...daysOfMonth(month));
    const usages = await ofPerson(person.id);
    return {
      month,
      total: sumOfDays(usages).cost,
      currency: CURRENCY,
      // Budgets are of the present month.
      budget: month === monthOf(clock.now()) ? await budgetOf(person) : null,
      byDay: rowsBy(usages, ({ day }) => [day], byKey).map(ofDay),
      byKind: rowsBy(usages, ({ kind }) => [kind], byKey).map(ofKind),
    };
  };
