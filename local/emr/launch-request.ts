import * as z from 'zod';

// Loose objects: members that this EMR has no use for are kept and given back by DescribeCluster, as EMR does.

export const tagSchema = z.object({ Key: z.string().min(1).max(128), Value: z.string().max(256).default('') });

export const ACTIONS_ON_FAILURE = ['TERMINATE_CLUSTER', 'TERMINATE_JOB_FLOW', 'CANCEL_AND_WAIT', 'CONTINUE'] as const;

const stepSchema = z.object({
  Name: z.string().min(1).max(256),
  ActionOnFailure: z.enum(ACTIONS_ON_FAILURE).default('TERMINATE_CLUSTER'),
  HadoopJarStep: z.object({
    Jar: z.string().min(1),
    MainClass: z.string().optional(),
    Args: z.array(z.string()).default([]),
    Properties: z.array(z.object({ Key: z.string(), Value: z.string().default('') })).default([]),
  }),
});

const role = z.enum(['MASTER', 'CORE', 'TASK']);

const instanceGroupSchema = z.looseObject({
  Name: z.string().optional(),
  Market: z.enum(['ON_DEMAND', 'SPOT']).default('ON_DEMAND'),
  InstanceRole: role,
  BidPrice: z.string().optional(),
  InstanceType: z.string().min(1),
  InstanceCount: z.int(),
});

const instanceFleetSchema = z.looseObject({
  Name: z.string().optional(),
  InstanceFleetType: role,
  TargetOnDemandCapacity: z.int().min(0).default(0),
  TargetSpotCapacity: z.int().min(0).default(0),
  InstanceTypeConfigs: z
    .array(z.looseObject({ InstanceType: z.string().min(1), WeightedCapacity: z.int().min(1).default(1) }))
    .default([]),
  LaunchSpecifications: z
    .looseObject({
      SpotSpecification: z
        .looseObject({
          TimeoutDurationMinutes: z.int().min(5).max(1440),
          TimeoutAction: z.enum(['SWITCH_TO_ON_DEMAND', 'TERMINATE_CLUSTER']),
        })
        .optional(),
    })
    .optional(),
});

const instancesSchema = z.looseObject({
  MasterInstanceType: z.string().min(1).optional(),
  SlaveInstanceType: z.string().min(1).optional(),
  InstanceCount: z.int().optional(),
  InstanceGroups: z.array(instanceGroupSchema).optional(),
  InstanceFleets: z.array(instanceFleetSchema).optional(),
  Ec2KeyName: z.string().optional(),
  Ec2SubnetId: z.string().optional(),
  Ec2SubnetIds: z.array(z.string()).optional(),
  Placement: z.looseObject({ AvailabilityZone: z.string().optional() }).optional(),
  KeepJobFlowAliveWhenNoSteps: z.boolean().default(false),
  TerminationProtected: z.boolean().default(false),
});

const autoTerminationPolicySchema = z.object({ IdleTimeout: z.int().min(60).max(604_800).optional() });

/** RunJobFlow's input. */
export const launchRequestSchema = z.looseObject({
  Name: z.string().min(1).max(256),
  LogUri: z.string().optional(),
  ReleaseLabel: z.string().optional(),
  AmiVersion: z.string().optional(),
  Instances: instancesSchema,
  Steps: z.array(stepSchema).default([]),
  BootstrapActions: z
    .array(
      z.object({
        Name: z.string().min(1),
        ScriptBootstrapAction: z.object({ Path: z.string().min(1), Args: z.array(z.string()).default([]) }),
      }),
    )
    .default([]),
  Applications: z.array(z.looseObject({ Name: z.string() })).default([]),
  Configurations: z.array(z.looseObject({})).default([]),
  VisibleToAllUsers: z.boolean().default(true),
  JobFlowRole: z.string().optional(),
  ServiceRole: z.string().optional(),
  Tags: z.array(tagSchema).max(50).default([]),
  SecurityConfiguration: z.string().optional(),
  AutoScalingRole: z.string().optional(),
  ScaleDownBehavior: z.string().default('TERMINATE_AT_TASK_COMPLETION'),
  CustomAmiId: z.string().optional(),
  EbsRootVolumeSize: z.int().optional(),
  StepConcurrencyLevel: z.int().min(1).max(256).default(1),
  AutoTerminationPolicy: autoTerminationPolicySchema.optional(),
  SessionEnabled: z.boolean().optional(),
});

export type LaunchRequest = z.infer<typeof launchRequestSchema>;
export type StepConfig = z.infer<typeof stepSchema>;
export type InstanceGroupConfig = z.infer<typeof instanceGroupSchema>;
export type InstanceFleetConfig = z.infer<typeof instanceFleetSchema>;
