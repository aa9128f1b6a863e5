/** The path of the route `issueRunCredentials`. Apart from it, for functions that launch runs and load no validation. */
export const RUN_CREDENTIALS_PATH = '/api/run-credentials';
