/**
 * A refusal as EMR puts it on the wire: `__type`, a message and an HTTP status.
 * `errorCode` is the extra member that only `InvalidRequestException` has in EMR's model.
 */
export class EmrError extends Error {
  override readonly name = 'EmrError';
  readonly type: string;
  readonly status: number;
  readonly errorCode: string | null;

  constructor(type: string, message: string, options: { status?: number; errorCode?: string } = {}) {
    super(message);
    this.type = type;
    this.status = options.status ?? 400;
    this.errorCode = options.errorCode ?? null;
  }
}

/** What the older half of EMR's API answers to input it refuses. */
export const validationException = (message: string): EmrError => new EmrError('ValidationException', message);

/** What the newer half of EMR's API (Describe…, List…, tags, policies) answers to input it refuses. */
export const invalidRequest = (message: string, errorCode?: string): EmrError =>
  new EmrError('InvalidRequestException', message, errorCode === undefined ? {} : { errorCode });

/** An id the newer half of the API does not know, or no longer. */
export const noSuchCluster = (id: string): EmrError =>
  invalidRequest(`Cluster id '${id}' is not valid.`, 'NoSuchCluster');

/** An id the older half of the API (TerminateJobFlows, AddJobFlowSteps, SetTerminationProtection) does not know. */
export const noSuchJobFlow = (): EmrError => validationException('Specified job flow ID not valid.');

export const throttled = (): EmrError => new EmrError('ThrottlingException', 'Rate exceeded');

export const internalServerError = (): EmrError =>
  new EmrError('InternalServerException', 'An internal server error occurred.', { status: 500 });
