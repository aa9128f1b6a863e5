import { Logger } from '@aws-lambda-powertools/logger';

/** Structured logs; callers pass identifiers and evidence, never tokens, keys or cookies. */
export const logger = new Logger({ serviceName: 'atmo' });
