import { createHash } from 'node:crypto';

import { ACCOUNT } from '../account.ts';

/** A resource once it is created: what `Ref` gives, and its attributes. */
export interface PhysicalResource {
  readonly ref: string;
  readonly attributes: Readonly<Record<string, string>>;
}

interface LogicalResource {
  readonly stackName: string;
  readonly logicalId: string;
  readonly type: string;
  /** Its properties, resolved. */
  readonly properties: Readonly<Record<string, unknown>>;
}

const { id: account, region, partition, urlSuffix } = ACCOUNT;

const arn = (service: string, resource: string, where = `${region}:${account}`): string =>
  `arn:${partition}:${service}:${where}:${resource}`;

/** What EC2 and others would have made up, the same after every start. */
const madeUp = ({ stackName, logicalId }: LogicalResource, prefix: string): string =>
  prefix + createHash('sha256').update(`${stackName}/${logicalId}`).digest('hex').slice(0, 17);

/** CloudFormation's own name for what has none: at most 64 characters, unlike any other. */
const generatedName = (resource: LogicalResource): string =>
  `${resource.stackName}-${resource.logicalId}`.slice(0, 51) + madeUp(resource, '-').slice(0, 13);

const named = (resource: LogicalResource, property: string): string => {
  const name = resource.properties[property];
  return typeof name === 'string' ? name : generatedName(resource);
};

type Physical = (resource: LogicalResource) => PhysicalResource;

const withId =
  (prefix: string, attribute: string): Physical =>
  (resource) => {
    const id = madeUp(resource, prefix);
    return { ref: id, attributes: { [attribute]: id } };
  };

const withArn =
  (nameProperty: string, arnOf: (name: string) => string): Physical =>
  (resource) => {
    const name = named(resource, nameProperty);
    return { ref: name, attributes: { Arn: arnOf(name), Name: name } };
  };

/** Resources whose names others refer to in a form of their own; any other has its name for `Ref`. */
const PHYSICAL: Readonly<Record<string, Physical>> = {
  'AWS::S3::Bucket': (resource) => {
    const name = named(resource, 'BucketName').toLowerCase();
    const domain = `${name}.s3.${region}.${urlSuffix}`;
    return {
      ref: name,
      attributes: { Arn: `arn:${partition}:s3:::${name}`, DomainName: domain, RegionalDomainName: domain },
    };
  },
  'AWS::Lambda::Function': withArn('FunctionName', (name) => arn('lambda', `function:${name}`)),
  'AWS::IAM::Role': withArn('RoleName', (name) => arn('iam', `role/${name}`, `:${account}`)),
  'AWS::IAM::InstanceProfile': withArn('InstanceProfileName', (name) =>
    arn('iam', `instance-profile/${name}`, `:${account}`),
  ),
  'AWS::Scheduler::ScheduleGroup': withArn('Name', (name) => arn('scheduler', `schedule-group/${name}`)),
  'AWS::DynamoDB::Table': withArn('TableName', (name) => arn('dynamodb', `table/${name}`)),
  'AWS::DynamoDB::GlobalTable': withArn('TableName', (name) => arn('dynamodb', `table/${name}`)),
  'AWS::StepFunctions::StateMachine': (resource) => {
    const name = named(resource, 'StateMachineName');
    const machineArn = arn('states', `stateMachine:${name}`);
    return { ref: machineArn, attributes: { Arn: machineArn, Name: name } };
  },
  'AWS::SQS::Queue': (resource) => {
    const name = named(resource, 'QueueName');
    const url = `https://sqs.${region}.${urlSuffix}/${account}/${name}`;
    return { ref: url, attributes: { Arn: arn('sqs', name), QueueName: name, QueueUrl: url } };
  },
  'AWS::Cognito::UserPool': (resource) => {
    const id = `${region}_${madeUp(resource, '').slice(0, 9)}`;
    const provider = `cognito-idp.${region}.${urlSuffix}/${id}`;
    return {
      ref: id,
      attributes: {
        Arn: arn('cognito-idp', `userpool/${id}`),
        ProviderName: provider,
        ProviderURL: `https://${provider}`,
      },
    };
  },
  'AWS::CloudFront::Distribution': (resource) => {
    const id = madeUp(resource, 'E').slice(0, 14).toUpperCase();
    return { ref: id, attributes: { Id: id, DomainName: `d${id.slice(1).toLowerCase()}.cloudfront.net` } };
  },
  'AWS::ApiGatewayV2::Api': (resource) => {
    const id = madeUp(resource, '').slice(0, 10);
    return { ref: id, attributes: { ApiId: id, ApiEndpoint: `https://${id}.execute-api.${region}.${urlSuffix}` } };
  },
  'AWS::EC2::VPC': withId('vpc-', 'VpcId'),
  'AWS::EC2::Subnet': withId('subnet-', 'SubnetId'),
  'AWS::EC2::SecurityGroup': withId('sg-', 'GroupId'),
  'AWS::EFS::FileSystem': withId('fs-', 'FileSystemId'),
};

export const physicalResource = (resource: LogicalResource): PhysicalResource =>
  PHYSICAL[resource.type]?.(resource) ?? { ref: generatedName(resource), attributes: {} };
