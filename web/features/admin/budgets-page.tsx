import Container from '@cloudscape-design/components/container';
import FormField from '@cloudscape-design/components/form-field';
import Header from '@cloudscape-design/components/header';
import Input from '@cloudscape-design/components/input';
import SpaceBetween from '@cloudscape-design/components/space-between';

import type { RouteOutput, Routes } from '../../../shared/contract/api.ts';
import { budgetsBody } from '../../../shared/contract/budgets.ts';
import { CURRENCY } from '../../../shared/domain/cost.ts';
import { FormFrame } from '../../components/form-frame.tsx';
import { Loaded } from '../../components/loaded.tsx';
import { Page } from '../../components/page.tsx';
import { moneyText } from '../../lib/amounts.ts';
import { send } from '../../lib/api.ts';
import { useForm } from '../../lib/use-form.ts';
import { useRead } from '../../lib/use-route.ts';
import { BudgetOverride } from './budget-override.tsx';
import { DocumentHistory } from './document-history.tsx';
import { limitOf, limitsOf, rowsOf } from './limit-input.ts';
import { LimitRows } from './limit-rows.tsx';
import { useReloadDocument } from './use-document.ts';

type Budgets = RouteOutput<Routes['getBudgets']>;

interface BudgetsFormProps {
  readonly budgets: Budgets;
  readonly onSaved: () => void;
}

const textOf = (limit: number | null): string => (limit === null ? '' : String(limit));

const BudgetsForm = ({ budgets, onSaved }: BudgetsFormProps) => {
  const { used } = budgets;
  const form = useForm({
    initial: {
      everyone: textOf(budgets.everyone),
      eachPerson: textOf(budgets.eachPerson),
      groups: rowsOf(budgets.groups),
      people: rowsOf(budgets.people),
    },
    schema: budgetsBody,
    requestOf: ({ everyone, eachPerson, groups, people }) => ({
      version: budgets.version,
      everyone: limitOf(everyone),
      eachPerson: limitOf(eachPerson),
      groups: limitsOf(groups),
      people: limitsOf(people),
    }),
    save: (request) => send('putBudgets', request),
    onSaved,
  });
  const { values, change, errorOf } = form;
  return (
    <FormFrame form={form} submitLabel="Save" cancelTo="/admin">
      <Container header={<Header variant="h2">Limits in dollars a month</Header>}>
        <div className="atmo-fields">
          <FormField
            stretch
            label="Everyone together"
            description={`${moneyText(used.everyone, CURRENCY)} used in ${used.month}.`}
            constraintText="Empty: no limit."
            errorText={errorOf('everyone')}
          >
            <Input
              type="number"
              inputMode="decimal"
              value={values.everyone}
              onChange={({ detail }) => change({ everyone: detail.value })}
            />
          </FormField>
          <FormField
            stretch
            label="Each person without an entry below"
            constraintText="Empty: no limit."
            errorText={errorOf('eachPerson')}
          >
            <Input
              type="number"
              inputMode="decimal"
              value={values.eachPerson}
              onChange={({ detail }) => change({ eachPerson: detail.value })}
            />
          </FormField>
          <LimitRows
            label="Groups, the sum of their members"
            noun="group"
            rows={values.groups}
            used={used.groups}
            error={errorOf('groups')}
            onChange={(groups) => change({ groups: [...groups] })}
          />
          <LimitRows
            label="People"
            noun="person"
            rows={values.people}
            used={used.people}
            error={errorOf('people')}
            onChange={(people) => change({ people: [...people] })}
          />
        </div>
      </Container>
    </FormFrame>
  );
};

const BudgetsPage = () => {
  const query = useRead('getBudgets', {});
  const reload = useReloadDocument('getBudgets');
  return (
    <Page
      title="Budgets"
      description="At 80 % people are mailed, at 100 % launches, extensions and runs are refused. What runs counts with what it will have cost at its end."
    >
      <Loaded query={query} what="the budgets">
        {(budgets) => (
          <SpaceBetween key={budgets.version} size="l">
            <BudgetsForm budgets={budgets} onSaved={reload} />
            <BudgetOverride overrides={budgets.overrides} onSaved={reload} />
            <DocumentHistory name="budgets" />
          </SpaceBetween>
        )}
      </Loaded>
    </Page>
  );
};

export default BudgetsPage;
