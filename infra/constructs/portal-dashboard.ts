import { Duration } from 'aws-cdk-lib';
import {
  Dashboard,
  GraphWidget,
  LogQueryVisualizationType,
  LogQueryWidget,
  TextWidget,
} from 'aws-cdk-lib/aws-cloudwatch';
import type { ILogGroup } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { FINISHED_TASK } from '../../shared/contract/upkeep.ts';
import type { Watched } from './alarms.ts';
import { SPENDING_METRICS } from '../../shared/domain/spending.ts';
import { portalMetric } from './portal-metric.ts';

interface PortalDashboardProps extends Watched {
  readonly accessLog: ILogGroup;
}

const period = Duration.minutes(5);
/** Of the dashboard's 24 columns. */
const HALF = { width: 12, height: 6 };

/** One screen for operators; three dashboards are free in an account. */
export class PortalDashboard extends Construct {
  constructor(scope: Construct, id: string, props: PortalDashboardProps) {
    super(scope, id);
    const { config, httpApi, upkeep, stateMachine, clock, undeliveredTicks, undeliveredRuns, accessLog } = props;
    const { environment } = config;
    const dashboard = new Dashboard(this, 'Dashboard', {
      dashboardName: `atmo-${environment}`,
      defaultInterval: Duration.days(1),
    });
    const runbook = config.runbookUrl ?? 'docs/runbook.md';
    dashboard.addWidgets(
      new TextWidget({
        markdown: `# ATMO ${environment}\nWhat to do about an alarm: ${runbook}`,
        width: 24,
        height: 2,
      }),
    );
    dashboard.addWidgets(
      new LogQueryWidget({
        ...HALF,
        title: 'Clusters launched by people, by hour',
        logGroupNames: [accessLog.logGroupName],
        view: LogQueryVisualizationType.BAR,
        queryLines: [
          'filter routeKey = "POST /api/clusters" and status = "201"',
          'stats count() as clusters by bin(1h)',
        ],
      }),
      new GraphWidget({
        ...HALF,
        title: 'Runs of Spark jobs: executions by outcome',
        left: [
          stateMachine.metricStarted({ period }),
          stateMachine.metricSucceeded({ period }),
          stateMachine.metricFailed({ period }),
          stateMachine.metricTimedOut({ period }),
          stateMachine.metricAborted({ period }),
        ],
      }),
    );
    dashboard.addWidgets(
      new LogQueryWidget({
        ...HALF,
        title: 'Periodic tasks: when each finished last',
        logGroupNames: [`/aws/lambda/atmo-${environment}-upkeep`],
        view: LogQueryVisualizationType.TABLE,
        queryLines: [
          `filter message = "${FINISHED_TASK}"`,
          'stats max(@timestamp) as lastFinished, count() as times by task',
          'sort lastFinished asc',
        ],
      }),
      new GraphWidget({
        ...HALF,
        title: 'Upkeep: attempts of the clock, errors, throttles; seconds at most',
        left: [
          clock.metricAttempts({ period, statistic: 'Sum' }),
          upkeep.metricErrors({ period }),
          upkeep.metricThrottles({ period }),
        ],
        right: [upkeep.metricDuration({ period, statistic: 'Maximum' })],
      }),
    );
    dashboard.addWidgets(
      new GraphWidget({
        ...HALF,
        title: 'Launches waiting for their turn',
        left: [portalMetric(environment, SPENDING_METRICS.launchesWaiting, period)],
      }),
      new GraphWidget({
        ...HALF,
        title: 'Cost of what runs, in dollars an hour',
        left: [portalMetric(environment, SPENDING_METRICS.hourly, period)],
      }),
    );
    dashboard.addWidgets(
      new GraphWidget({
        ...HALF,
        title: 'Undelivered: runs, ticks',
        left: [undeliveredRuns, undeliveredTicks].map((queue) =>
          queue.metricApproximateNumberOfMessagesVisible({ period, statistic: 'Maximum' }),
        ),
      }),
      new GraphWidget({
        ...HALF,
        title: 'API: requests, refusals, errors; milliseconds for 95 %',
        left: [
          httpApi.metricCount({ period }),
          httpApi.metricClientError({ period }),
          httpApi.metricServerError({ period }),
        ],
        right: [httpApi.metricLatency({ period, statistic: 'p95' })],
      }),
    );
  }
}
