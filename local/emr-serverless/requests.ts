import * as z from 'zod';

const name = z
  .string()
  .min(1)
  .max(256)
  .regex(/^[A-Za-z0-9._/#-]+$/);
const jobName = z.string().min(1).max(256).regex(/\S/);
const clientToken = z
  .string()
  .min(1)
  .max(64)
  .regex(/^[A-Za-z0-9._-]+$/);
const releaseLabel = z
  .string()
  .min(1)
  .max(64)
  .regex(/^[A-Za-z0-9._/-]+$/);
const roleArn = z
  .string()
  .min(20)
  .max(2048)
  .regex(/^arn:aws[a-zA-Z0-9-]*:iam::\d{12}:role\/[\w+=,.@/-]+$/);
export const tags = z
  .record(z.string().min(1).max(128), z.string().max(256))
  .refine((given) => Object.keys(given).length <= 200);

/** `4 vCPU`, `16 GB`: a number and, or not, its unit. */
const amount = (unit: string) => z.string().regex(new RegExp(String.raw`^[1-9]\d{0,5}(\s?${unit})?$`, 'i'));
const capacity = z.object({ cpu: amount('vCPU'), memory: amount('GB'), disk: amount('GB').optional() });

const configuration = z.object({
  classification: z.string().min(1).max(1024),
  properties: z.record(z.string(), z.string()).optional(),
});

const autoStart = z.object({ enabled: z.boolean().default(true) });
const autoStop = z.object({
  enabled: z.boolean().default(true),
  idleTimeoutMinutes: z.int().min(1).max(10_080).default(15),
});
const scheduler = z.object({
  maxConcurrentRuns: z.int().min(1).max(1000).default(15),
  queueTimeoutMinutes: z.int().min(15).max(720).default(360),
});
const interactive = z.object({
  livyEndpointEnabled: z.boolean().optional(),
  studioEnabled: z.boolean().optional(),
  sessionEnabled: z.boolean().optional(),
});
const monitoring = z.looseObject({
  s3MonitoringConfiguration: z
    .looseObject({
      logUri: z
        .string()
        .max(10_280)
        .regex(/^s3:\/\/[a-z0-9.-]+(\/.*)?$/),
    })
    .optional(),
  managedPersistenceMonitoringConfiguration: z.looseObject({ enabled: z.boolean().optional() }).optional(),
});

/** What can be changed of an application. */
const settings = z.object({
  maximumCapacity: capacity.optional(),
  autoStartConfiguration: autoStart.optional(),
  autoStopConfiguration: autoStop.optional(),
  architecture: z.enum(['ARM64', 'X86_64']).optional(),
  interactiveConfiguration: interactive.optional(),
  schedulerConfiguration: scheduler.optional(),
  monitoringConfiguration: monitoring.optional(),
  runtimeConfiguration: z.array(configuration).max(100).optional(),
  networkConfiguration: z.looseObject({}).optional(),
});

export const createApplication = settings.extend({
  name: name.optional(),
  releaseLabel,
  type: z.string().regex(/^(spark|hive)$/i),
  clientToken,
  tags: tags.default({}),
});
export type ApplicationRequest = z.infer<typeof createApplication>;

export const updateApplication = settings.extend({ clientToken, releaseLabel: releaseLabel.optional() });

const sparkSubmit = z.object({
  entryPoint: z.string().min(1).max(256).regex(/\S/),
  entryPointArguments: z.array(z.string().min(1).max(10_280)).default([]),
  sparkSubmitParameters: z.string().min(1).max(102_400).default('--conf spark.app.name=spark'),
});

export const startJobRun = z.object({
  clientToken,
  executionRoleArn: roleArn,
  executionIamPolicy: z
    .object({
      policy: z.string().min(1).max(2048).optional(),
      policyArns: z.array(z.string().min(20).max(2048)).max(10).default([]),
    })
    .optional(),
  jobDriver: z.object({ sparkSubmit }),
  configurationOverrides: z
    .object({
      applicationConfiguration: z.array(configuration).max(100).optional(),
      monitoringConfiguration: monitoring.optional(),
    })
    .optional(),
  tags: tags.default({}),
  executionTimeoutMinutes: z.int().min(0).max(1_000_000).default(720),
  name: jobName.optional(),
  mode: z.enum(['BATCH', 'STREAMING']).default('BATCH'),
  retryPolicy: z.object({ maxAttempts: z.int().min(1).optional() }).optional(),
});
export type JobRunRequest = z.infer<typeof startJobRun>;

export const startSession = z.object({
  clientToken,
  executionRoleArn: roleArn,
  configurationOverrides: z.object({ runtimeConfiguration: z.array(configuration).max(100).optional() }).optional(),
  tags: tags.default({}),
  idleTimeoutMinutes: z.int().min(1).default(60),
  name: jobName.optional(),
});
export type SessionRequest = z.infer<typeof startSession>;
