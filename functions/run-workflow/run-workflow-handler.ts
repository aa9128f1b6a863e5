import type { RunJobEvent, RunJobRequest, RunJobTask, RunJobTasks } from '../../shared/contract/run-job.ts';
import { toInstant } from '../../shared/domain/instant.ts';
import { inInvocation } from '../runtime/invocation.ts';
import { logger } from '../runtime/logger.ts';

/** One use case for each task of the workflow: a missing or unknown one does not compile. */
export type RunJobUseCases = {
  readonly [Task in RunJobTask]: (input: RunJobTasks[Task]['input']) => Promise<RunJobTasks[Task]['output']>;
};

type AnyUseCase = (input: RunJobEvent) => Promise<unknown>;

/** Scheduler sends its scheduled time without milliseconds; ours compare as strings with them. */
const normalized = (request: RunJobRequest): RunJobRequest => ({
  ...request,
  occurrence: toInstant(Date.parse(request.occurrence)),
});

/** The Lambda handler of the workflow's tasks. Errors go to Step Functions by their names. */
export const runJobHandler =
  (useCases: RunJobUseCases) =>
  async (event: RunJobEvent): Promise<unknown> => {
    const useCase = useCases[event.task] as unknown as AnyUseCase;
    const { identifier, trigger, occurrence } = event.request;
    try {
      const answer = await inInvocation(event.executionId, () =>
        useCase({ ...event, request: normalized(event.request) }),
      );
      logger.info(`${event.task} done`, { identifier, trigger, occurrence, answer });
      return answer;
    } catch (error) {
      logger.warn(`${event.task} failed`, { identifier, trigger, occurrence, error });
      throw error;
    }
  };
