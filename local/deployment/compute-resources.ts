import path from 'node:path';

import type { StateMachineDefinition } from 'aws-local-stepfunctions';

import type { RuleDefinition } from '../events/event-bus.ts';
import type { EventPattern } from '../events/event-pattern.ts';
import type { FunctionDefinition } from '../lambda.ts';
import type { MachineDefinition } from '../step-functions/definition.ts';
import type { Deployment } from './deployment.ts';

/** A schedule of the deployment itself, as `CreateSchedule` takes it. */
export interface ScheduleDefinition {
  readonly name: string;
  readonly groupName: string;
  readonly input: unknown;
}

/**
 * The portal's functions; those that belong to the deployment itself are left out.
 * @param repository the root of the repository, where their sources are
 * @param localSettings environment variables that are otherwise on this machine
 */
export const functionsOf = (
  deployment: Deployment,
  repository: string,
  localSettings: Readonly<Record<string, string>>,
): FunctionDefinition[] =>
  deployment.resources('AWS::Lambda::Function').flatMap(({ physical, properties }) => {
    const { Variables: variables } = (properties['Environment'] ?? { Variables: {} }) as {
      Variables: Record<string, string>;
    };
    // The portal's own functions name their folder here.
    const feature = variables['POWERTOOLS_SERVICE_NAME'];
    if (feature === undefined) return [];
    // The process has its Node options already.
    const { NODE_OPTIONS: _, ...environment } = variables;
    return [
      {
        arn: physical.attributes['Arn'] ?? '',
        name: physical.ref,
        entry: path.join(repository, 'functions', feature, `${feature}.lambda.ts`),
        timeoutSeconds: Number(properties['Timeout'] ?? 3),
        memoryMb: Number(properties['MemorySize'] ?? 128),
        // A setting that the deployment lacks is lacking here too.
        environment: { ...environment, ...only(localSettings, environment) },
      },
    ];
  });

export const machinesOf = (deployment: Deployment): MachineDefinition[] =>
  deployment.resources('AWS::StepFunctions::StateMachine').map(({ physical, properties }) => ({
    arn: physical.ref,
    name: physical.attributes['Name'] ?? '',
    definition: JSON.parse(String(properties['DefinitionString'])) as StateMachineDefinition,
  }));

export const rulesOf = (deployment: Deployment): RuleDefinition[] =>
  deployment.resources('AWS::Events::Rule').map(({ properties }) => ({
    pattern: properties['EventPattern'] as EventPattern,
    isEnabled: properties['State'] !== 'DISABLED',
    targets: (properties['Targets'] as { Arn: string; Input?: string }[]).map(({ Arn, Input }) =>
      Input === undefined ? { functionArn: Arn } : { functionArn: Arn, input: Input },
    ),
  }));

export const scheduleGroupsOf = (deployment: Deployment): string[] =>
  deployment.resources('AWS::Scheduler::ScheduleGroup').map(({ physical }) => physical.ref);

export const schedulesOf = (deployment: Deployment): ScheduleDefinition[] =>
  deployment.resources('AWS::Scheduler::Schedule').map(({ physical, properties }) => ({
    name: text(properties['Name'], physical.ref),
    groupName: text(properties['GroupName'], 'default'),
    input: properties,
  }));

const only = (settings: Readonly<Record<string, string>>, known: object): Readonly<Record<string, string>> =>
  Object.fromEntries(Object.entries(settings).filter(([name]) => name in known));

const text = (value: unknown, otherwise: string): string => (typeof value === 'string' ? value : otherwise);
