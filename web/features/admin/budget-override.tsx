import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import Container from '@cloudscape-design/components/container';
import FormField from '@cloudscape-design/components/form-field';
import Header from '@cloudscape-design/components/header';
import Input from '@cloudscape-design/components/input';
import SpaceBetween from '@cloudscape-design/components/space-between';

import type { RouteOutput, Routes } from '../../../shared/contract/api.ts';
import { budgetOverrideBody } from '../../../shared/contract/budgets.ts';
import { CURRENCY } from '../../../shared/domain/cost.ts';
import { Failure } from '../../components/failure.tsx';
import { Unsaved } from '../../components/unsaved.tsx';
import { moneyText } from '../../lib/amounts.ts';
import { send } from '../../lib/api.ts';
import { useForm } from '../../lib/use-form.ts';
import { limitOf } from './limit-input.ts';

type Budgets = RouteOutput<Routes['getBudgets']>;

interface BudgetOverrideProps {
  readonly overrides: Budgets['overrides'];
  readonly onSaved: () => void;
}

/** Gives one person another limit until the month ends. */
export const BudgetOverride = ({ overrides, onSaved }: BudgetOverrideProps) => {
  const form = useForm({
    initial: { username: '', limit: '', reason: '' },
    schema: budgetOverrideBody,
    requestOf: ({ username, limit, reason }) => ({ username, limit: limitOf(limit), reason }),
    save: (request) => send('overrideBudget', request),
    onSaved,
  });
  const { values, change, errorOf } = form;
  return (
    <form onSubmit={form.submit} noValidate>
      <Container
        header={
          <Header
            variant="h2"
            description="Another limit for one person until this month ends, instead of their own. Limits of groups and of everyone still count."
          >
            Lift a limit this month
          </Header>
        }
      >
        <SpaceBetween size="m">
          {overrides.map(({ username, limit, month, reason }) => (
            <Box key={username}>
              {username}: {limit === null ? 'no limit' : moneyText(limit, CURRENCY)} in {month} ({reason})
            </Box>
          ))}
          <div className="atmo-fields">
            <FormField stretch label="Person" errorText={errorOf('username')}>
              <Input value={values.username} onChange={({ detail }) => change({ username: detail.value })} />
            </FormField>
            <FormField
              stretch
              label="Dollars this month"
              constraintText="Empty: no limit."
              errorText={errorOf('limit')}
            >
              <Input
                type="number"
                inputMode="decimal"
                value={values.limit}
                onChange={({ detail }) => change({ limit: detail.value })}
              />
            </FormField>
            <FormField stretch label="Reason" errorText={errorOf('reason')}>
              <Input value={values.reason} onChange={({ detail }) => change({ reason: detail.value })} />
            </FormField>
          </div>
          {form.failure !== null && !form.isSaving && <Failure error={form.failure} />}
          <Button formAction="submit" loading={form.isSaving}>
            Lift the limit
          </Button>
        </SpaceBetween>
      </Container>
      <Unsaved form={form} />
    </form>
  );
};
