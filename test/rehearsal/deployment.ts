import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { breakTemplate } from './broken-template.ts';
import { command } from './command.ts';
import { expectThat } from './checks.ts';
import { passOverGaps } from './emulator-gaps.ts';
import { rehearsedSections } from './deploy-guide.ts';

const REPOSITORY = fileURLToPath(new URL('../..', import.meta.url));

interface DeploymentOptions {
  readonly directory: string;
  /** Of `infra/stages.ts`. */
  readonly stage: string;
  readonly env: Readonly<Record<string, string>>;
  readonly log: string;
  /** The emulator's certificate authority. */
  readonly ca: string;
}

interface Outputs {
  readonly website: Readonly<Record<'PortalUrl' | 'DistributionDomain' | 'ApiUrl', string>>;
  readonly portal: Readonly<Record<'UserPoolId', string>>;
}

/** The deployment as `docs/deploy.md` describes it, of an assembly that is fitted to the emulator. */
export class Deployment {
  private readonly options: DeploymentOptions;
  private readonly assembly: string;
  /** Below the repository, where `npx` finds its programs, but with a `.local` of its own. */
  private readonly cwd: string;

  constructor(options: DeploymentOptions) {
    this.options = options;
    this.assembly = join(options.directory, `assembly-${options.stage}`);
    this.cwd = join(options.directory, `run-${options.stage}`);
  }

  /** Synthesises from a folder: the repository, or a changed copy of it. */
  async synthesise(from = REPOSITORY): Promise<void> {
    const { log, ca, stage } = this.options;
    rmSync(this.assembly, { recursive: true, force: true });
    // A copy has no history of its own, but is the same commit.
    const env = { GIT_DIR: join(REPOSITORY, '.git') };
    await command('npx', ['cdk', 'synth', '--quiet', '-c', `stage=${stage}`, '--output', this.assembly], {
      cwd: from,
      env,
      log,
    });
    passOverGaps(this.assembly, ca);
  }

  /** Carries out what the guide says under a heading. */
  async follow(heading: string): Promise<string> {
    const scripts = rehearsedSections().filter(({ title }) => title.includes(heading));
    expectThat(scripts.length > 0, `docs/deploy.md has no rehearsed commands under '${heading}'`);
    return this.shell(scripts.map(({ script }) => script).join('\n'));
  }

  /** One shell script in the environment of the deployment. */
  shell(script: string): Promise<string> {
    const { env, log } = this.options;
    mkdirSync(join(this.cwd, '.local'), { recursive: true });
    // `CDK_APP` is the CLI's own way to be told of an assembly that is synthesised already.
    const own = { ...env, CDK_APP: this.assembly, CI: 'true' };
    return command('bash', ['-euo', 'pipefail', '-c', script], { cwd: this.cwd, env: own, log });
  }

  outputs(): Outputs {
    const all = JSON.parse(readFileSync(join(this.cwd, '.local', 'outputs.json'), 'utf8')) as Record<string, unknown>;
    const { stage } = this.options;
    return { website: all[`atmo-${stage}-website`], portal: all[`atmo-${stage}-portal`] } as Outputs;
  }

  /** Deploys with a resource that cannot be made, after everything else of its stack, and sees the stack go again. */
  async failIn(stack: 'storage' | 'portal'): Promise<void> {
    const name = `atmo-${this.options.stage}-${stack}`;
    const restore = breakTemplate(this.assembly, stack);
    try {
      const failure = await this.follow('Deploy').then(
        () => 'nothing',
        (error: unknown) => String(error),
      );
      const isWhatWasBroken = failure.includes(`${name} failed to deploy`) && failure.includes(`${stack}/Broken`);
      expectThat(isWhatWasBroken, `what failed: ${failure}`);
    } finally {
      restore();
    }
    const query = '--query Stacks[0].StackStatus --output text';
    const status = (await this.shell(`aws cloudformation describe-stacks --stack-name ${name} ${query}`)).trim();
    expectThat(status === 'ROLLBACK_COMPLETE', `after the failure, ${name} is ${status}`);
  }

  /** The headers that CloudFront adds to requests for the API, as it was told them. */
  async originHeaders(): Promise<Readonly<Record<string, string>>> {
    const { DistributionDomain } = this.outputs().website;
    const query = `DistributionList.Items[?DomainName=='${DistributionDomain}'][].Origins.Items[].CustomHeaders.Items[]`;
    const found = await this.shell(`aws cloudfront list-distributions --output json --query "${query}"`);
    const headers = JSON.parse(found) as { readonly HeaderName: string; readonly HeaderValue: string }[];
    return Object.fromEntries(headers.map(({ HeaderName, HeaderValue }) => [HeaderName.toLowerCase(), HeaderValue]));
  }

  /** The paths that the portal's distribution sends to the API, as its behaviours have them. */
  apiPaths(): readonly RegExp[] {
    const template = JSON.parse(readFileSync(join(this.assembly, 'website.template.json'), 'utf8')) as Template;
    const behaviours = Object.values(template.Resources).flatMap(
      ({ Properties }) => Properties.DistributionConfig?.CacheBehaviors ?? [],
    );
    return behaviours.map(({ PathPattern }) => new RegExp(`^${PathPattern.replaceAll('*', '.*')}$`));
  }
}

interface Template {
  readonly Resources: Readonly<
    Record<
      string,
      {
        readonly Properties: {
          readonly DistributionConfig?: { readonly CacheBehaviors?: readonly { readonly PathPattern: string }[] };
        };
      }
    >
  >;
}
