import type { Deployment } from './deployment.ts';
import { expectThat } from './checks.ts';

/** How the AWS CLI lists what a deployment makes; `stays` is what `cdk destroy` must leave of a stage. */
const LISTS: readonly {
  readonly what: string;
  readonly list: string;
  readonly stays: (stage: string) => readonly RegExp[];
}[] = [
  {
    what: 'tables',
    list: 'dynamodb list-tables --query TableNames',
    stays: (stage) => [new RegExp(`^atmo-${stage}$`)],
  },
  {
    what: 'buckets',
    list: 's3api list-buckets --query Buckets[].Name',
    stays: (stage) =>
      ['emr', 'logs', 'notebooks', 'public-results', 'results'].map((name) => new RegExp(`^atmo-${stage}-${name}-\\d`)),
  },
  {
    what: 'user pools',
    list: 'cognito-idp list-user-pools --max-results 60 --query UserPools[].Name',
    stays: (stage) => [new RegExp(`^atmo-${stage}$`)],
  },
  { what: 'file systems', list: 'efs describe-file-systems --query FileSystems[].FileSystemId', stays: () => [] },
  {
    what: 'security groups of people',
    list: 'ec2 describe-security-groups --filters Name=tag:MadeBy,Values=portal --query SecurityGroups[].GroupName',
    stays: () => [],
  },
  { what: 'functions', list: 'lambda list-functions --query Functions[].FunctionName', stays: () => [] },
  { what: 'APIs', list: 'apigatewayv2 get-apis --query Items[].Name', stays: () => [] },
  { what: 'distributions', list: 'cloudfront list-distributions --query DistributionList.Items[].Id', stays: () => [] },
  { what: 'state machines', list: 'stepfunctions list-state-machines --query stateMachines[].name', stays: () => [] },
  { what: 'schedules', list: 'scheduler list-schedules --query Schedules[].Name', stays: () => [] },
  { what: 'rules', list: 'events list-rules --query Rules[].Name', stays: () => [] },
  { what: 'queues', list: 'sqs list-queues --query QueueUrls', stays: () => [] },
  { what: 'dashboards', list: 'cloudwatch list-dashboards --query DashboardEntries[].DashboardName', stays: () => [] },
  { what: 'alarms', list: 'cloudwatch describe-alarms --query MetricAlarms[].AlarmName', stays: () => [] },
];

const OF_THE_CDK = /^cdk-hnb659fds-|^CDKToolkit/;

/** That removed deployments left exactly what is meant to outlive them. */
export const checkRemains = async (deployment: Deployment, stages: readonly string[]): Promise<readonly string[]> => {
  const left: string[] = [];
  for (const { what, list, stays } of LISTS) {
    const names = (JSON.parse((await deployment.shell(`aws ${list} --output json`)) || '[]') ?? []) as string[];
    const ours = names.filter((name) => !OF_THE_CDK.test(name)).toSorted();
    const meant = stages.flatMap((stage) => stays(stage));
    const isAsMeant = ours.length === meant.length && meant.every((pattern) => ours.some((name) => pattern.test(name)));
    expectThat(isAsMeant, `${what} left: ${ours.join(', ') || 'none'}; meant to stay: ${meant.join(', ') || 'none'}`);
    left.push(...ours);
  }
  return left;
};
