import { conflict, validation } from './errors.ts';
import { newId } from './identifiers.ts';
import { enterApplicationState, type LifeContext } from './life-context.ts';
import { isFinal, type ApplicationAlarm, type ApplicationRecord } from './records.ts';
import type { ApplicationRequest } from './requests.ts';

export interface ApplicationLife {
  create(request: ApplicationRequest): ApplicationRecord;
  /** @throws AwsError where it is not stopped */
  update(application: ApplicationRecord, changes: Partial<ApplicationRequest>): void;
  /** Asked for, or needed by a job run or a session. @throws AwsError in a state from which it does not start */
  start(application: ApplicationRecord, at: number): void;
  /** @throws AwsError while job runs go on */
  stop(application: ApplicationRecord): void;
  /** @throws AwsError where it is not stopped */
  remove(application: ApplicationRecord): void;
  /** A job run or a session began or ended: the time without work begins anew, or not. */
  workChanged(application: ApplicationRecord, at: number): void;
  onAlarm(application: ApplicationRecord, alarm: ApplicationAlarm): void;
}

/** Applications from their creation to their end. @param onStarted lets those go on that waited for it */
export const applicationLife = (
  context: LifeContext,
  onStarted: (application: ApplicationRecord, at: number) => void,
): ApplicationLife => {
  const { applications, jobRuns, sessions, applicationAlarms: alarms, timings } = context;
  const isAtRest = ({ state }: ApplicationRecord): boolean => state === 'CREATED' || state === 'STOPPED';
  const hasWork = ({ id }: ApplicationRecord): boolean =>
    [...jobRuns.all(), ...sessions.all()].some((work) => work.applicationId === id && !isFinal(work));

  const later = (application: ApplicationRecord, kind: ApplicationAlarm['kind'], at: number, seconds: number): void => {
    alarms.set(application, { kind, at: at + seconds * 1000 });
    applications.save(application);
  };

  const awaitWork = (application: ApplicationRecord, at: number): void => {
    alarms.clear(application, ({ kind }) => kind === 'idle');
    const { enabled = true, idleTimeoutMinutes = 15 } = application.request.autoStopConfiguration ?? {};
    if (enabled && application.state === 'STARTED' && !hasWork(application)) {
      later(application, 'idle', at, idleTimeoutMinutes * 60);
    }
  };

  const beginStopping = (application: ApplicationRecord, at: number): void => {
    alarms.clear(application);
    later(application, 'stopped', at, timings.applicationSeconds);
    enterApplicationState(context, application, 'STOPPING', at);
  };

  return {
    create(request) {
      const at = Date.now();
      const application: ApplicationRecord = {
        id: newId(),
        sequence: applications.nextSequence(),
        request,
        tags: { ...request.tags },
        state: 'CREATING',
        createdAt: at,
        updatedAt: at,
        alarms: [],
      };
      later(application, 'created', at, timings.applicationSeconds);
      enterApplicationState(context, application, 'CREATING', at);
      return application;
    },

    update(application, changes) {
      if (!isAtRest(application)) {
        throw validation(`Application ${application.id} must be in CREATED or STOPPED state to be updated.`);
      }
      application.request = { ...application.request, ...changes };
      application.updatedAt = Date.now();
      applications.save(application);
    },

    start(application, at) {
      if (application.state === 'STARTED' || application.state === 'STARTING') return;
      if (!isAtRest(application)) {
        throw conflict(`Application ${application.id} cannot be started in state ${application.state}.`);
      }
      alarms.clear(application);
      later(application, 'started', at, timings.applicationSeconds);
      enterApplicationState(context, application, 'STARTING', at);
    },

    stop(application) {
      if (isAtRest(application) || application.state === 'STOPPING') return;
      if (application.state !== 'STARTED') {
        throw conflict(`Application ${application.id} cannot be stopped in state ${application.state}.`);
      }
      if (hasWork(application)) {
        throw validation(
          `Application ${application.id} has job runs or sessions that have not ended. Cancel them first.`,
        );
      }
      beginStopping(application, Date.now());
    },

    remove(application) {
      if (!isAtRest(application)) {
        throw validation(`Application ${application.id} must be in CREATED or STOPPED state to be deleted.`);
      }
      alarms.clear(application);
      enterApplicationState(context, application, 'TERMINATED', Date.now());
    },

    workChanged: awaitWork,

    onAlarm(application, { kind, at }) {
      const actions: Record<ApplicationAlarm['kind'], () => void> = {
        created: () => enterApplicationState(context, application, 'CREATED', at),
        started: () => {
          enterApplicationState(context, application, 'STARTED', at);
          onStarted(application, at);
          awaitWork(application, at);
        },
        stopped: () => enterApplicationState(context, application, 'STOPPED', at),
        idle: () => beginStopping(application, at),
      };
      actions[kind]();
    },
  };
};
