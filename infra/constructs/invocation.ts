import { Stack, Validations } from 'aws-cdk-lib';
import type { IRole } from 'aws-cdk-lib/aws-iam';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { flattenCfnReference } from 'cdk-nag/lib/utils/flatten-cfn-reference.js';

/** Says why a role that invokes a function may invoke its versions too: the CDK grants both. */
export const acknowledgeInvocation = (role: IRole, fn: IFunction): void => {
  const versions = flattenCfnReference(Stack.of(role).resolve(`${fn.functionArn}:*`));
  Validations.of(role).acknowledge({
    id: `AwsSolutions-IAM5[Resource::${versions}]`,
    reason: 'The versions and aliases of this one function.',
  });
};
