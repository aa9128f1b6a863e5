import { native } from './native-timers.ts';

const PARENT_CHECK_MS = 250;

/**
 * Calls `stop` once: on Ctrl-C, on SIGTERM, or when the `npm start` around this process is gone. npm passes signals on to
 * a shell that ends without passing them on, and nobody may find a stack running that nobody started.
 */
export const onStop = (stop: () => Promise<void>): void => {
  const parent = process.ppid;
  let isStopping = false;
  const stopOnce = (): void => {
    // A second signal stops at once.
    if (isStopping) process.exit(1);
    isStopping = true;
    native.clearInterval(watch);
    stop().catch((error: unknown) => {
      console.error(error);
      process.exit(1);
    });
  };
  const watch = native.setInterval(() => {
    if (process.env['npm_lifecycle_event'] !== undefined && process.ppid !== parent) stopOnce();
  }, PARENT_CHECK_MS);
  process.on('SIGINT', stopOnce);
  process.on('SIGTERM', stopOnce);
};
