import { Stack, Validations } from 'aws-cdk-lib';
import type { IBucket } from 'aws-cdk-lib/aws-s3';
import { flattenCfnReference } from 'cdk-nag/lib/utils/flatten-cfn-reference.js';
import type { Construct } from 'constructs';

/** Where the CDK puts the one function behind every BucketDeployment of a stack. */
const BUCKET_DEPLOYMENT = 'Custom::CDKBucketDeployment8693BB64968944B69AAFB0CC9EB8756C';

const ASSETS = 'arn:<AWS::Partition>:s3:::cdk-hnb659fds-assets-<AWS::AccountId>-<AWS::Region>/*';

/** Says why the function that the CDK brings for copying files into a bucket looks as it does. */
export const acknowledgeBucketDeployment = (scope: Construct, bucket: IBucket): void => {
  const stack = Stack.of(scope);
  const files = flattenCfnReference(stack.resolve(bucket.arnForObjects('*')));
  const wildcards = [
    ...['s3:GetObject*', 's3:GetBucket*', 's3:List*', 's3:DeleteObject*', 's3:Abort*'].map((name) => `Action::${name}`),
    ...[ASSETS, files, '*'].map((name) => `Resource::${name}`),
  ];
  // Its id goes on with the size of its disk, where that is not the usual one.
  const provider = stack.node.children.find(({ node }) => node.id.startsWith(BUCKET_DEPLOYMENT));
  if (provider === undefined) throw new Error(`No files are copied into a bucket in ${stack.stackName}.`);
  const validations = Validations.of(provider);
  for (const finding of wildcards) {
    validations.acknowledge({
      id: `AwsSolutions-IAM5[${finding}]`,
      reason:
        'The CDK’s own function, active during a deployment only: it reads the assets, writes this bucket and invalidates pages.',
    });
  }
  validations.acknowledge(
    {
      id: 'AwsSolutions-IAM4[Policy::arn:<AWS::Partition>:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole]',
      reason: 'The CDK’s own function writes its log with the basic role.',
    },
    { id: 'AwsSolutions-L1', reason: 'The CDK chooses the runtime of its own function.' },
  );
};
