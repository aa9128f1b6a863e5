/** The stage whose pages carry no banner and whose mails no name: people need not be told that it is the real one. */
const PRODUCTION = 'prod';

/** Whether a deployment's environment, which is the name of its stage, is the one that people rely on. */
export const isProduction = (environment: string): boolean => environment === PRODUCTION;
