import { policyLines, type PolicyDocument } from './policy-lines.ts';
import { columns, listOf, readable, withoutHash } from './readable.ts';
import { STACKS, type Resource, type StackName, type Templates } from './templates.ts';

interface Found {
  readonly stack: StackName;
  readonly id: string;
  readonly properties: Resource['Properties'];
}

const resources = (templates: Templates, ...types: string[]): readonly Found[] =>
  STACKS.flatMap((stack) =>
    Object.entries(templates[stack].Resources)
      .filter(([, { Type }]) => types.includes(Type))
      .map(([id, { Properties }]) => ({ stack, id, properties: Properties })),
  );

/** Blocks with a heading each, sorted by it. */
const blocks = (found: readonly (readonly [heading: string, lines: readonly string[]])[]): string =>
  `${found
    .toSorted(([one], [other]) => (one < other ? -1 : 1))
    .map(([heading, lines]) => [heading, ...lines.map((line) => `  ${line}`)].join('\n'))
    .join('\n\n')}\n`;

const headingOf = ({ stack, id }: Found): string => `${stack} ${withoutHash(id)}`;

/** Who may take each role, and what the role may then do. */
export const privilegesTable = (templates: Templates): string => {
  const policies = resources(templates, 'AWS::IAM::Policy', 'AWS::IAM::ManagedPolicy');
  return blocks(
    resources(templates, 'AWS::IAM::Role').map((role) => {
      const attached = policies.filter(
        ({ stack, properties }) =>
          stack === role.stack &&
          listOf(properties['Roles']).some((reference) => (reference as { Ref?: string }).Ref === role.id),
      );
      const inline = listOf(role.properties['Policies'] ?? []) as readonly { PolicyDocument: PolicyDocument }[];
      const documents = [
        ...attached.map(({ properties }) => properties['PolicyDocument'] as PolicyDocument),
        ...inline.map(({ PolicyDocument: document }) => document),
      ];
      const managed = listOf(role.properties['ManagedPolicyArns'] ?? []).map((arn) => `managed  ${readable(arn)}`);
      const trust = policyLines([role.properties['AssumeRolePolicyDocument'] as PolicyDocument]);
      return [headingOf(role), [...trust, ...managed.toSorted(), ...policyLines(documents)]];
    }),
  );
};

/** What buckets, queues, file systems and functions themselves let in. */
export const resourcePoliciesTable = (templates: Templates): string => {
  const documents = [
    ['AWS::S3::BucketPolicy', 'PolicyDocument'],
    ['AWS::SQS::QueuePolicy', 'PolicyDocument'],
    ['AWS::SNS::TopicPolicy', 'PolicyDocument'],
    ['AWS::EFS::FileSystem', 'FileSystemPolicy'],
  ] as const;
  const policies = documents.flatMap(([type, property]) =>
    resources(templates, type).map(
      (found) => [headingOf(found), policyLines([found.properties[property] as PolicyDocument])] as const,
    ),
  );
  const invocations = resources(templates, 'AWS::Lambda::Permission').map(({ properties }) => [
    readable(properties['FunctionName']),
    `${readable(properties['Principal'])} for ${readable(properties['SourceArn'])}`,
  ]);
  return blocks([...policies, ['functions are invoked by', columns(invocations).toSorted()]]);
};

const retries = (target: Readonly<Record<string, unknown>>): readonly string[] => [
  `to ${readable(target['Arn'])} ${target['Input'] === undefined ? '' : readable(target['Input'])}`.trimEnd(),
  `retried ${readable(target['RetryPolicy'])}`,
  `else to ${readable(target['DeadLetterConfig'])}`,
];

/** What arrives by itself: event patterns, schedules, and how often each delivery is tried. */
export const deliveriesTable = (templates: Templates): string =>
  blocks([
    ...resources(templates, 'AWS::Events::Rule').map(
      (rule) =>
        [
          headingOf(rule),
          [
            `when ${readable(rule.properties['EventPattern'] ?? rule.properties['ScheduleExpression'])}`,
            ...listOf(rule.properties['Targets']).flatMap((target) => retries(target as Record<string, unknown>)),
          ],
        ] as const,
    ),
    ...resources(templates, 'AWS::Scheduler::Schedule').map((schedule) => {
      const { ScheduleExpression, State, Target } = schedule.properties;
      return [
        headingOf(schedule),
        [`when ${readable(ScheduleExpression)} ${readable(State)}`, ...retries(Target as Record<string, unknown>)],
      ] as const;
    }),
    ...resources(templates, 'AWS::Lambda::EventInvokeConfig').map(
      (config) => [headingOf(config), [`invoked asynchronously: ${readable(config.properties)}`]] as const,
    ),
    ...resources(templates, 'AWS::Lambda::Function').map(({ stack, id, properties }) => {
      const { Timeout, MemorySize, ReservedConcurrentExecutions = 'not reserved' } = properties;
      return [
        `${stack} ${withoutHash(id)} (function)`,
        [`${readable(Timeout)} s, ${readable(MemorySize)} MB, concurrency ${readable(ReservedConcurrentExecutions)}`],
      ] as const;
    }),
    ...resources(templates, 'AWS::SQS::Queue').map((queue) => {
      const { Tags: _, ...settings } = queue.properties;
      return [headingOf(queue), [readable(settings)]] as const;
    }),
  ]);

/** Each alarm with what it measures, when it rings and whom it tells. */
export const alarmsTable = (templates: Templates): string =>
  blocks(
    resources(templates, 'AWS::CloudWatch::Alarm').map(({ properties }) => {
      const { AlarmName, AlarmDescription, AlarmActions, Tags: _, ...settings } = properties;
      return [
        readable(AlarmName),
        [
          ...Object.entries(settings)
            .toSorted(([one], [other]) => (one < other ? -1 : 1))
            .map(([name, value]) => `${name}: ${readable(value)}`),
          `tells: ${AlarmActions === undefined ? 'nobody' : readable(AlarmActions)}`,
          ...readable(AlarmDescription).split('\n'),
        ],
      ] as const;
    }),
  );
