import { Duration } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import type { Feature } from '../../shared/contract/api.ts';
import type { StageConfig } from '../stage-config.ts';
import { PortalFunction } from './portal-function.ts';

/** A quiet portal is mostly cold: 1 GB gives a start enough processor, for as long as a person's request lasts. */
const forPeople = { memorySize: 1024, timeout: Duration.seconds(29) };

/** The portal's functions, still without permissions. */
export class PortalFunctions extends Construct {
  readonly http: Readonly<Record<Feature, PortalFunction>>;
  readonly runJob: PortalFunction;
  readonly upkeep: PortalFunction;

  constructor(scope: Construct, id: string, { config }: { readonly config: StageConfig }) {
    super(scope, id);
    const forFeature = (feature: Feature, description: string) =>
      new PortalFunction(this, feature, { config, feature, description, ...forPeople });
    this.http = {
      portal: forFeature('portal', 'Sign-in, who I am, version and heartbeat'),
      'ssh-keys': forFeature('ssh-keys', 'SSH keys'),
      clusters: forFeature('clusters', 'Clusters of people'),
      sessions: forFeature('sessions', 'Spark sessions of people, and the tokens that open them'),
      jobs: forFeature('jobs', 'Spark jobs, their notebooks and schedules'),
      admin: forFeature('admin', 'Administration: announcement, settings'),
      runs: forFeature('runs', 'Runs of Spark jobs, their results and logs'),
      people: forFeature('people', 'People who have signed in, and their groups'),
    };
    this.runJob = new PortalFunction(this, 'run-workflow', {
      config,
      feature: 'run-workflow',
      description: 'Every task of the run-job workflow',
      memorySize: 512,
      timeout: Duration.minutes(1),
    });
    this.upkeep = new PortalFunction(this, 'upkeep', {
      config,
      feature: 'upkeep',
      description: 'What happens by the clock, and EMR events',
      memorySize: 512,
      // A sweep over 500 clusters waits for EMR's rate limits.
      timeout: Duration.minutes(5),
    });
    // By the clock and by event it is invoked without anybody waiting. A repetition would meet the next sweep, which does the same
    // and counts on the pause between two; what keeps failing is seen by the alarm.
    this.upkeep.configureAsyncInvoke({ retryAttempts: 0, maxEventAge: Duration.minutes(5) });
  }
}
