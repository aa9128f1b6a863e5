import autocannon from 'autocannon';

/** Seconds. A busy machine takes its time. */
const TIMEOUT = 60;

/**
 * Milliseconds that each path takes, asked one after the other. All are one run of autocannon, which looks only once a second whether it has ended.
 * @throws where one is not answered as it should be
 */
export const durations = (portal: string, cookie: string, paths: readonly string[]): Promise<readonly number[]> =>
  new Promise((resolve, reject) => {
    const all: number[] = [];
    const refused: string[] = [];
    const run = autocannon(
      {
        url: portal,
        requests: paths.map((path) => ({ path })),
        amount: paths.length,
        connections: 1,
        timeout: TIMEOUT,
        headers: { cookie },
      },
      (error, { errors }) => {
        if (error !== null) reject(error instanceof Error ? error : new Error(String(error)));
        else if (refused.length > 0 || errors > 0)
          reject(new Error(`${portal}: ${errors} not answered, refused ${refused.join(', ')}.`));
        else resolve(all);
      },
    );
    // One connection answers in the order in which it is asked.
    run.on('response', (_client, status, _bytes, milliseconds) => {
      if (status !== 200) refused.push(`${paths[all.length]} (${status})`);
      all.push(milliseconds);
    });
  });
