import type * as z from 'zod';
import type { PresignSparkUi } from '../../emulation/presigned-spark-ui.ts';
import type { ClusterLife } from '../cluster-life.ts';
import type { ClusterSessions } from '../cluster-sessions.ts';
import type { ClusterRecord } from '../cluster-record.ts';
import type { RecordStore } from '../../emulation/record-store.ts';
import { noSuchCluster, noSuchJobFlow } from '../emr-error.ts';
import type { EventContext } from '../events.ts';
import { parseInput } from '../validation.ts';

/** What operations work on. */
export interface OperationContext {
  readonly store: RecordStore<ClusterRecord>;
  readonly life: ClusterLife;
  readonly sessions: ClusterSessions;
  readonly place: EventContext;
  readonly presignSparkUi: PresignSparkUi;
}

/** Null stands for EMR's empty body. */
type Answered = Record<string, unknown> | null;

/** Answers one call. */
export type Operation = (context: OperationContext, input: unknown) => Answered | Promise<Answered>;

/** An operation whose input is checked first. */
export const operation =
  <Schema extends z.ZodType>(
    schema: Schema,
    answer: (input: z.infer<Schema>, context: OperationContext) => Answered | Promise<Answered>,
  ): Operation =>
  (context, input) =>
    answer(parseInput(schema, input), context);

/** A cluster EMR still knows. @throws EmrError `InvalidRequestException` */
export const knownCluster = ({ store }: OperationContext, id: string): ClusterRecord => {
  const cluster = store.find(id);
  if (cluster === null || cluster.forgotten) throw noSuchCluster(id);
  return cluster;
};

/** The same for the operations that speak of job flows. @throws EmrError `ValidationException` */
export const knownJobFlow = ({ store }: OperationContext, id: string): ClusterRecord => {
  const cluster = store.find(id);
  if (cluster === null || cluster.forgotten) throw noSuchJobFlow();
  return cluster;
};
