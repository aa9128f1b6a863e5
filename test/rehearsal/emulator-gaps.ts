import { globSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Where the emulator differs from AWS, as far as it matters here, and what covers it instead. Read again with each version of it: the list is
 * what was found, not a promise that nothing else differs.
 */
export const EMULATOR_GAPS = [
  {
    what: 'AWS::EMR::SecurityConfiguration',
    why: 'the emulator’s CloudFormation does not know the type; it is left out',
    coveredBy: 'test/infra/emr.test.ts',
  },
  {
    what: 'Custom::CDKBucketDeployment',
    why: 'functions run on this machine, without /opt and the system certificates of Lambda: the CDK’s own one is led to both',
    coveredBy: 'the files that the rehearsal finds in the buckets',
  },
  {
    what: 'iam:PassRole, the trust of a role, the permission to invoke a function, what roles of Scheduler and EventBridge may do, and policies of topics and queues',
    why: 'the emulator’s IAM asks for none of them: it checks the calls of functions and people only',
    coveredBy:
      'test/infra/privileges.test.ts, test/infra/invocation.test.ts, test/infra/alarms.test.ts, the tables in test/infra/tables',
  },
  {
    what: 'Names that are unique in an account, where CloudFormation makes the resource',
    why: 'the emulator’s API refuses a second CloudFront function of a name, its CloudFormation does not',
    coveredBy: 'test/infra/names.test.ts',
  },
  {
    what: 'The permission to make a security group and its tags, beside that to use the VPC; rules that exist already; groups in use',
    why: 'the emulator asks for the VPC alone, takes the same rule twice, and removes what is in use',
    coveredBy: 'test/infra/cluster-groups.test.ts, test/local/ec2.test.ts',
  },
  {
    what: 'EMR’s events and times; clusters to terminate, schedules and task tokens as IAM knows them; tags of EMR and of security groups, VPCs and DynamoDB’s keys in conditions',
    why: 'the emulator has none of the first and others for the rest: test/rehearsal/emulator.py starts it with these mended',
    coveredBy: 'the smoke test in an account: here, events of EMR are our own code’s',
  },
  {
    what: 'CloudFormation’s events about stacks',
    why: 'the emulator’s CloudFormation sends none, so nothing follows a deployment at once',
    coveredBy: 'test/infra/after-deployment.test.ts for the rule; the daily comparison is the same task',
  },
  {
    what: 'Scheduler’s first occurrence, scheduled time and dead-letter queue',
    why: 'the emulator’s Scheduler lacks them: test/rehearsal/emulator.py has them',
    coveredBy: 'the smoke test in an account: here, they are our own code’s',
  },
  {
    what: 'Python packages of nodes, but for one kind of node',
    why: 'the emulator keeps all that is stored in memory, and all kinds are 900 MB, twice: `npm run wheels` collects one kind for real, which the deployment finds and copies, the others are empty',
    coveredBy: 'test/spark/bootstrap.test.ts, where a node installs from such a set',
  },
  {
    what: 'Tags of buckets',
    why: 'the emulator’s CloudFormation forgets them: test/rehearsal/emulator.py mends that',
    coveredBy: 'the removal, which empties buckets by their tags',
  },
  {
    what: 'CloudFront with an API as origin, response headers policies and edge functions',
    why: 'the emulator’s CloudFront answers 502 for the first: the rehearsal’s proxy sends those paths to API Gateway, with the headers that the distribution adds',
    coveredBy: 'test/infra/website.test.ts',
  },
  {
    what: 'EMR Serverless: who may call it, its events and logs; job runs',
    why: 'the emulator does not have the service: functions are led to local/emr-serverless, which knows no IAM and asks for a well-formed signature alone; jobs of the smoke test run on clusters',
    coveredBy:
      'the tables in test/infra/tables for IAM; test/contract/emr-serverless.contract.test.ts and test/spark/serverless.test.ts, both against the same server',
  },
] as const;

const LAMBDA_CERTIFICATES = '/etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem';

const LEFT_OUT: ReadonlySet<string> = new Set(['AWS::EMR::SecurityConfiguration']);

interface Template {
  readonly Resources: Record<string, { readonly Type: string; readonly DependsOn?: string | readonly string[] }>;
}

const withoutLeftOut = (template: Template): Template => {
  const kept = Object.entries(template.Resources).filter(([, { Type }]) => !LEFT_OUT.has(Type));
  const ids = new Set(kept.map(([id]) => id));
  return {
    ...template,
    Resources: Object.fromEntries(
      kept.map(([id, resource]) => {
        const { DependsOn, ...rest } = resource;
        const left = [DependsOn ?? []].flat().filter((dependency) => ids.has(dependency));
        return [id, left.length === 0 ? rest : { ...rest, DependsOn: left }];
      }),
    ),
  };
};

const inFile = (file: string, change: (text: string) => string): void => {
  writeFileSync(file, change(readFileSync(file, 'utf8')));
};

/** Collected ahead, as the guide allows: the deployment's own environment trusts the emulator's certificates alone. */
export const REHEARSED_WHEELS = ['emr-spark-8.x', 'python3.11-aarch64'];

interface AssetManifest {
  readonly files: Readonly<Record<string, { readonly source: { executable?: readonly string[] } }>>;
}

/** Leaves one set of Python packages to the command that collects them; the others are empty archives. */
const withOneWheelSet = (text: string): string => {
  const manifest = JSON.parse(text) as AssetManifest;
  for (const { source } of Object.values(manifest.files)) {
    if (source.executable !== undefined && !REHEARSED_WHEELS.every((word) => source.executable?.includes(word)))
      source.executable = [process.execPath, join(import.meta.dirname, 'empty-archive.ts')];
  }
  return JSON.stringify(manifest, null, 1);
};

/** Fits a synthesised assembly to the emulator, whose certificates this file of authorities vouches for. */
export const passOverGaps = (assembly: string, certificates: string): void => {
  for (const file of globSync(join(assembly, '*.template.json'))) {
    inFile(file, (text) => {
      const fitted = JSON.stringify(withoutLeftOut(JSON.parse(text) as Template), null, 1);
      return fitted.replaceAll(LAMBDA_CERTIFICATES, certificates);
    });
  }
  for (const file of globSync(join(assembly, '*.assets.json'))) inFile(file, withOneWheelSet);
  for (const file of globSync(join(assembly, 'asset.*', 'index.py'))) {
    inFile(file, (code) =>
      code
        .replace('aws="/opt/awscli/aws"', 'import sys; aws = os.environ["_LAMBDA_LAYERS_DIRS"] + "/awscli/aws"')
        .replace(
          'subprocess.check_call([aws] + list(args))',
          // The emulator looks for the answer among the first lines of output only.
          'subprocess.check_call([sys.executable, aws] + list(args), stdout=subprocess.DEVNULL)',
        ),
    );
  }
};
