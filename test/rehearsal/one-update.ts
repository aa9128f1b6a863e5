import { expectThat } from './checks.ts';
import type { Deployment } from './deployment.ts';

const CHANGE_SET = 'rehearsal';
const PORTAL = 'atmo-dev-portal';

interface ChangeSet {
  readonly Changes: readonly {
    readonly ResourceChange: {
      readonly Action: string;
      readonly ResourceType: string;
      readonly LogicalResourceId: string;
      /** None where a resource is added or removed. */
      readonly Details?: readonly { readonly ChangeSource: string }[];
    };
  }[];
}

/** Hashes of the code of every function, by name. */
const codeOf = async (deployment: Deployment): Promise<ReadonlyMap<string, string>> => {
  const query = 'Functions[].[FunctionName,CodeSha256]';
  const rows = await deployment.shell(`aws lambda list-functions --output json --query '${query}'`);
  return new Map(JSON.parse(rows) as [string, string][]);
};

/**
 * Deploys what differs in one function only, and sees that nothing else is touched: what CloudFormation finds to change, and what
 * code the functions have before and after.
 * @returns the one change
 */
export const checkOneUpdate = async (deployment: Deployment, feature: string): Promise<string> => {
  const before = await codeOf(deployment);
  const prepared = await deployment.shell(
    `npx cdk deploy --all --require-approval never --method prepare-change-set --change-set-name ${CHANGE_SET}`,
  );
  const unchanged = prepared.match(/\(no changes\)/g)?.length ?? 0;
  expectThat(unchanged === 3, `${unchanged} of the 3 other stacks did not change`);
  const described = await deployment.shell(
    `aws cloudformation describe-change-set --stack-name ${PORTAL} --change-set-name ${CHANGE_SET} --output json`,
  );
  // CloudFormation also lists what refers to a changed resource, in case that becomes another one.
  const changes = (JSON.parse(described) as ChangeSet).Changes.map(({ ResourceChange }) => ResourceChange).filter(
    ({ Details = [] }) =>
      Details.length === 0 || Details.some(({ ChangeSource }) => ChangeSource === 'DirectModification'),
  );
  const names = changes.map(
    ({ Action, ResourceType, LogicalResourceId }) => `${Action} ${ResourceType} ${LogicalResourceId}`,
  );
  const isTheFunction = (name: string) =>
    name.startsWith('Modify AWS::Lambda::Function ') && name.includes(`Functions${feature.replaceAll('-', '')}`);
  expectThat(names.length === 1 && names.every(isTheFunction), `to be changed: ${names.join(', ') || 'nothing'}`);

  await deployment.follow('Deploy');
  const after = await codeOf(deployment);
  const replaced = [...after].filter(([name, hash]) => before.get(name) !== hash).map(([name]) => name);
  expectThat(
    after.size === before.size && replaced.length === 1 && replaced[0] === `atmo-dev-${feature}`,
    `functions with new code: ${replaced.join(', ') || 'none'}`,
  );
  return names.join(', ');
};
