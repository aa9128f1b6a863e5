import { describe, expect, it } from 'vitest';
import { flattenCfnReference } from 'cdk-nag/lib/utils/flatten-cfn-reference.js';

import { portalApp } from '../../infra/portal-app.ts';
import { synthesised, type Resource, type StackTemplate } from './templates.ts';

interface Statement {
  readonly Action: string | readonly string[];
  readonly Effect: string;
  readonly Resource: unknown;
  readonly Condition?: Readonly<Record<string, unknown>>;
}

const listOf = <Item>(value: Item | readonly Item[]): readonly Item[] =>
  Array.isArray(value) ? (value as readonly Item[]) : [value as Item];

const portal: StackTemplate = synthesised().portal;

const roleOf = (feature: string): [string, Resource] => {
  const found = Object.entries(portal.Resources).find(
    ([id, { Type }]) => Type === 'AWS::IAM::Role' && id.startsWith(`Functions${feature.replaceAll('-', '')}Role`),
  );
  if (found === undefined) throw new Error(`No role of ${feature}`);
  return found;
};

const statementsOf = (feature: string): readonly Statement[] => {
  const [roleId] = roleOf(feature);
  return Object.values(portal.Resources)
    .filter(
      ({ Type, Properties }) =>
        Type === 'AWS::IAM::Policy' && JSON.stringify(Properties['Roles']).includes(`"${roleId}"`),
    )
    .flatMap(({ Properties }) => (Properties['PolicyDocument'] as { Statement: readonly Statement[] }).Statement);
};

const FEATURES = [
  'portal',
  'ssh-keys',
  'clusters',
  'sessions',
  'jobs',
  'runs',
  'people',
  'admin',
  'run-workflow',
  'upkeep',
] as const;

interface Privilege {
  readonly feature: string;
  readonly action: string;
  readonly resource: string;
}

const privileges: readonly Privilege[] = FEATURES.flatMap((feature) =>
  statementsOf(feature).flatMap(({ Action, Resource }) =>
    listOf(Action).flatMap((action) =>
      listOf(Resource).map((resource) => ({ feature, action, resource: flattenCfnReference(resource) })),
    ),
  ),
);

const app = portalApp({ context: { stage: 'test', 'aws:cdk:bundling-stacks': [] } }, { test: {} });

/** The reasons that stand beside each role's wildcards, by cdk-nag's name of the finding. */
const reasonsOf = (feature: string): Readonly<Record<string, string>> => {
  const role = app.node.findAll().find(({ node }) => node.path === `portal/Functions/${feature}Role`);
  const acknowledged = role?.node.metadata.filter(({ type }) => type === 'aws:cdk:acknowledged-rules') ?? [];
  return Object.assign({}, ...acknowledged.map(({ data }) => data as Record<string, string>)) as Record<string, string>;
};

const reasonFor = ({ feature, action, resource }: Privilege): string =>
  Object.entries(reasonsOf(feature)).find(
    ([finding]) => finding.includes(`Resource::${resource}]`) || finding.includes(`Action::${action}]`),
  )?.[1] ?? '';

const actionsOf = (feature: (typeof FEATURES)[number]): readonly string[] => [
  ...new Set(privileges.filter((privilege) => privilege.feature === feature).map(({ action }) => action)),
];

describe('what each function may do', () => {
  it('has a reason for every wildcard', () => {
    const explained = privileges.map((privilege) => ({ ...privilege, reason: reasonFor(privilege) }));
    const unexplained = explained.filter(
      ({ action, resource, reason }) => `${action} ${resource}`.includes('*') && reason === '',
    );
    expect(unexplained).toEqual([]);
    expect(privileges.length).toBeGreaterThan(FEATURES.length);
  });

  it('never includes a whole service', () => {
    expect(privileges.filter(({ action }) => /(^|:)\*$/.test(action))).toEqual([]);
  });

  it('starts EMR clusters only where people or the workflow launch them', () => {
    const launching = FEATURES.filter((feature) => actionsOf(feature).includes('elasticmapreduce:RunJobFlow'));
    expect(launching).toEqual(['clusters', 'run-workflow', 'upkeep']);
  });

  it('makes the tokens that open sessions in one function alone', () => {
    const opening = FEATURES.filter((feature) => actionsOf(feature).includes('emr-serverless:GetSessionEndpoint'));
    expect(opening).toEqual(['sessions']);
  });

  it('looks inside clusters in one function alone, at ours and at what their bootstrap actions printed', () => {
    const inside = (action: string) =>
      action === 'elasticmapreduce:ListSteps' || action === 'elasticmapreduce:ListInstances';
    const looking = FEATURES.filter((feature) => actionsOf(feature).some(inside));
    expect(looking).toEqual(['clusters']);
    const looks = statementsOf('clusters').filter(({ Action }) => listOf(Action).some(inside));
    for (const { Condition } of looks)
      expect(Condition).toEqual({
        StringEquals: {
          'elasticmapreduce:ResourceTag/Application': 'ATMO',
          'elasticmapreduce:ResourceTag/Environment': 'test',
        },
      });
    const files = statementsOf('clusters').filter(({ Action }) =>
      listOf(Action).some((action) => action.startsWith('s3:')),
    );
    const shown = files.map(({ Action, Resource, Condition }) => [Action, flattenCfnReference(Resource), Condition]);
    const logs = 'arn:<AWS::Partition>:s3:::atmo-test-logs-<AWS::AccountId>-<AWS::Region>';
    expect(shown).toEqual([
      ['s3:GetObject', `${logs}/clusters/*/node/*/bootstrap-actions/*`, undefined],
      ['s3:ListBucket', logs, { StringLike: { 's3:prefix': 'clusters/*/node/*' } }],
    ]);
  });

  it('starts and opens sessions on clusters in one function alone, by the tags of clusters, requests and sessions', () => {
    const actions = ['StartSession', 'ListSessions', 'GetSession', 'GetSessionEndpoint', 'TerminateSession'];
    const allowed = (feature: (typeof FEATURES)[number]) =>
      actions.filter((action) => actionsOf(feature).includes(`elasticmapreduce:${action}`));
    expect(FEATURES.filter((feature) => allowed(feature).length > 0)).toEqual(['clusters']);
    expect(allowed('clusters')).toEqual(actions);
    const tags = (of: string) => [`elasticmapreduce:${of}/Application`, `elasticmapreduce:${of}/Environment`];
    const statementOf = (action: string) => {
      const found = statementsOf('clusters').filter(({ Action }) =>
        listOf(Action).includes(`elasticmapreduce:${action}`),
      );
      expect(found).toHaveLength(1);
      const [{ Condition, Resource } = {}] = found;
      return { keys: Object.keys(Condition?.['StringEquals'] ?? {}), resource: JSON.stringify(Resource) };
    };
    const starting = statementOf('StartSession');
    expect(starting.keys).toEqual([...tags('ResourceTag'), ...tags('RequestTag')]);
    expect(statementOf('ListSessions').keys).toEqual(tags('ResourceTag'));
    for (const action of ['GetSession', 'GetSessionEndpoint', 'TerminateSession']) {
      expect(statementOf(action).keys).toEqual(tags('ResourceTag'));
      expect(statementOf(action).resource).toContain(':cluster/*/session/*');
    }
  });

  it('reads what it needs and no more: sign-in and SSH keys touch nothing but the table and their log', () => {
    for (const feature of ['portal', 'ssh-keys'] as const) {
      expect(actionsOf(feature).filter((action) => !/^(dynamodb|logs):/.test(action))).toEqual([]);
    }
    // Sign-in records the person; what else it may write stands in the table of privileges.
    expect(
      actionsOf('portal')
        .filter((action) => /Put|Update|Delete|BatchWrite/.test(action))
        .toSorted(),
    ).toEqual(['dynamodb:PutItem', 'logs:PutLogEvents']);
  });

  it('ends only clusters that carry our tags', () => {
    const endings = FEATURES.flatMap(statementsOf).filter(({ Action }) =>
      listOf(Action).includes('elasticmapreduce:TerminateJobFlows'),
    );
    expect(endings.length).toBeGreaterThan(0);
    for (const { Condition } of endings) {
      expect(Object.keys(Condition?.['StringEquals'] ?? {})).toEqual(
        expect.arrayContaining([
          'elasticmapreduce:ResourceTag/Application',
          'elasticmapreduce:ResourceTag/Environment',
        ]),
      );
    }
  });
});

describe('iam:PassRole', () => {
  it('names exact roles, and the one service that each is for', () => {
    const passing = FEATURES.flatMap(statementsOf).filter(({ Action }) => listOf(Action).includes('iam:PassRole'));
    expect(passing.length).toBeGreaterThan(0);
    for (const { Resource, Condition } of passing) {
      for (const resource of listOf(Resource)) expect(flattenCfnReference(resource)).not.toContain('*');
      const services = (Condition?.['StringEquals'] as Record<string, unknown> | undefined)?.['iam:PassedToService'];
      expect([
        'elasticmapreduce.amazonaws.com',
        'emr-serverless.amazonaws.com',
        'ec2.amazonaws.com',
        'scheduler.amazonaws.com',
      ]).toEqual(expect.arrayContaining([...listOf(services)]));
    }
  });
});
