/** Why a notebook is not executed, and the remedy. */
export const noSpark = (releaseLabel: string): string =>
  `the Spark of ${releaseLabel} is not installed on this machine (npm run spark:install)`;
