import type { RunRemedy } from '../../shared/contract/routes/runs.ts';
import { RUN_ENGINES } from '../../shared/domain/engine.ts';
import type { RunChange } from '../../shared/domain/run-changes.ts';
import { MISSED_REASONS, TIMED_OUT } from '../../shared/domain/run-reasons.ts';
import { reasonOf, type CellFailure, type Run } from '../../shared/domain/run.ts';
import type { Limits } from '../../shared/domain/settings.ts';
import type { WhatChanged } from './what-changed.ts';
import { cellCause, reasonCause, type RemedyKind } from './known-causes.ts';

/** Which remedies each reason code has, where no known cause says more. */
const OF_CODES: Readonly<Record<string, readonly RemedyKind[]>> = {
  [TIMED_OUT]: ['timeout', 'size'],
  [MISSED_REASONS.previousRun.code]: ['size'],
  [MISSED_REASONS.superseded.code]: ['size'],
};

/** The settings of the last success, as far as they have changed: with them it worked. */
const asBefore = (changes: readonly RunChange[], lastSuccess: Run): readonly RunRemedy[] =>
  changes.flatMap(({ what }): RunRemedy[] => {
    switch (what) {
      case 'notebook':
        return [{ kind: what, value: null }];
      case 'parameters':
        return [{ kind: what, value: { ...lastSuccess.parameters } }];
      case 'emrRelease':
        return [{ kind: what, value: lastSuccess.emrRelease }];
      case 'engine':
        return RUN_ENGINES.filter((engine) => engine === lastSuccess.workload.engine).map((value) => ({
          kind: what,
          value,
        }));
      case 'size':
        return [{ kind: what, value: lastSuccess.size }];
    }
  });

const remedyOf = (
  kind: RemedyKind,
  run: Pick<Run, 'size' | 'timeout'>,
  limits: Pick<Limits, 'maxSize' | 'maxTimeout'>,
): readonly RunRemedy[] => {
  const size = Math.min(run.size * 2, limits.maxSize);
  const timeout = Math.min(run.timeout * 2, limits.maxTimeout);
  switch (kind) {
    case 'size':
      return size > run.size ? [{ kind, value: size }] : [];
    case 'timeout':
      return timeout > run.timeout ? [{ kind, value: timeout }] : [];
    case 'notebook':
    case 'parameters':
      return [{ kind, value: null }];
  }
};

/** What a person can do about a failed run by changing its job, most promising first, each kind once. */
export const runRemedies = (
  run: Pick<Run, 'outcome' | 'reason' | 'workload' | 'size' | 'timeout'>,
  failure: CellFailure | null,
  { changes, lastSuccess }: WhatChanged,
  limits: Pick<Limits, 'maxSize' | 'maxTimeout'>,
): readonly RunRemedy[] => {
  if (run.outcome === null || run.outcome === 'succeeded' || run.outcome === 'cancelled') return [];
  const reason = reasonOf(run);
  const cause = failure === null ? reasonCause(reason?.message ?? '') : cellCause(failure);
  const kinds =
    OF_CODES[reason?.code ?? ''] ?? (cause === undefined && failure === null ? [] : (cause?.remedies ?? ['notebook']));
  const all = [
    ...kinds.flatMap((kind) => remedyOf(kind, run, limits)),
    ...(lastSuccess === null ? [] : asBefore(changes, lastSuccess)),
  ];
  return all.filter(({ kind }, at) => all.findIndex((other) => other.kind === kind) === at);
};
