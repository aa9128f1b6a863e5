import { Stack, Validations } from 'aws-cdk-lib';
import { PolicyStatement, type Role } from 'aws-cdk-lib/aws-iam';
import { flattenCfnReference } from 'cdk-nag/lib/utils/flatten-cfn-reference.js';

export interface Permission {
  readonly actions: readonly string[];
  readonly resources: readonly string[];
  readonly conditions?: Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>;
  /** Why an action or resource has a `*`; needed where one has. */
  readonly wildcard?: string;
}

/** A permission with a `*` and no word on why. */
class UnexplainedWildcard extends Error {
  override readonly name = 'UnexplainedWildcard';
}

/**
 * Adds a permission to a role; what is wide about it is explained in the same place.
 * @throws UnexplainedWildcard
 */
export const permit = (role: Role, { actions, resources, conditions, wildcard }: Permission): void => {
  role.addToPolicy(
    new PolicyStatement({ actions: [...actions], resources: [...resources], ...(conditions && { conditions }) }),
  );
  const names = resources.map((resource) => flattenCfnReference(Stack.of(role).resolve(resource)));
  const findings = [
    ...actions.filter((action) => action.includes('*')).map((action) => `Action::${action}`),
    ...names.filter((name) => name.includes('*')).map((name) => `Resource::${name}`),
  ];
  if (findings.length === 0) return;
  if (wildcard === undefined) throw new UnexplainedWildcard(`${role.node.path}: say why for ${findings.join(', ')}`);
  for (const finding of findings) {
    Validations.of(role).acknowledge({ id: `AwsSolutions-IAM5[${finding}]`, reason: wildcard });
  }
};
