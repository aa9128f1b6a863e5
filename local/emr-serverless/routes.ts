/** What is asked for: an operation, the parameters in its path and those in its query. */
export interface RoutedCall {
  readonly operation: OperationName;
  readonly path: Readonly<Record<string, string>>;
}

/** Every operation that this server knows, as AWS's model has it: method and path. */
const ROUTES = {
  CreateApplication: ['POST', '/applications'],
  ListApplications: ['GET', '/applications'],
  GetApplication: ['GET', '/applications/{applicationId}'],
  UpdateApplication: ['PATCH', '/applications/{applicationId}'],
  DeleteApplication: ['DELETE', '/applications/{applicationId}'],
  StartApplication: ['POST', '/applications/{applicationId}/start'],
  StopApplication: ['POST', '/applications/{applicationId}/stop'],
  StartJobRun: ['POST', '/applications/{applicationId}/jobruns'],
  ListJobRuns: ['GET', '/applications/{applicationId}/jobruns'],
  GetJobRun: ['GET', '/applications/{applicationId}/jobruns/{jobRunId}'],
  CancelJobRun: ['DELETE', '/applications/{applicationId}/jobruns/{jobRunId}'],
  StartSession: ['POST', '/applications/{applicationId}/sessions'],
  ListSessions: ['GET', '/applications/{applicationId}/sessions'],
  GetSession: ['GET', '/applications/{applicationId}/sessions/{sessionId}'],
  TerminateSession: ['DELETE', '/applications/{applicationId}/sessions/{sessionId}'],
  GetSessionEndpoint: ['GET', '/applications/{applicationId}/sessions/{sessionId}/endpoint'],
  GetResourceDashboard: ['GET', '/applications/{applicationId}/dashboard'],
  GetDashboardForJobRun: ['GET', '/applications/{applicationId}/jobruns/{jobRunId}/dashboard'],
  ListTagsForResource: ['GET', '/tags/{resourceArn}'],
  TagResource: ['POST', '/tags/{resourceArn}'],
  UntagResource: ['DELETE', '/tags/{resourceArn}'],
} as const satisfies Readonly<Record<string, readonly [method: string, path: string]>>;

export type OperationName = keyof typeof ROUTES;
export const OPERATION_NAMES = Object.keys(ROUTES) as [OperationName, ...OperationName[]];

const segmentsOf = (path: string): string[] => path.split('/').slice(1);

/** The operation of a request; null where there is none. Segments are percent-encoded. */
export const routed = (method: string, pathname: string): RoutedCall | null => {
  const segments = segmentsOf(pathname);
  for (const operation of OPERATION_NAMES) {
    const [wanted, template] = ROUTES[operation];
    const parts = segmentsOf(template);
    if (wanted !== method || parts.length !== segments.length) continue;
    const path: Record<string, string> = {};
    const matches = parts.every((part, index) => {
      const given = decodeURIComponent(segments[index] ?? '');
      if (!part.startsWith('{')) return part === given;
      path[part.slice(1, -1)] = given;
      return given !== '';
    });
    if (matches) return { operation, path };
  }
  return null;
};
