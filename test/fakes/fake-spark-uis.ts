import type { SparkUi, SparkUis } from '../../functions/ports/spark-uis.ts';
import type { Clock } from '../../functions/runtime/clock.ts';
import { ENGINES } from '../../shared/domain/engine.ts';
import { plusHours } from '../../shared/domain/instant.ts';

/** Spark UIs that are always there, and what was asked for. */
export const fakeSparkUis = (clock: Clock) => {
  const opened: string[] = [];
  const ui = (): SparkUi => ({
    async linkTo({ emrId }) {
      opened.push(emrId ?? '');
      return { url: `https://spark-ui.example/${emrId}?token=secret`, expiresAt: plusHours(clock.now(), 1) };
    },
  });
  const sparkUis = Object.fromEntries(ENGINES.map((engine) => [engine, ui()])) as unknown as SparkUis;
  return { sparkUis, opened };
};
