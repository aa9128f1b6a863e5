import type { SparkFacts } from '../../shared/domain/spark-facts.ts';

/** The file below a run's results. It is no result. */
export const SPARK_FACTS_FILE = 'spark.json';

/** Bytes. The notebook may write this file too on EMR Serverless, whose driver has the rights of the run. */
export const MAX_SPARK_FACTS = 10_000;

const MOST_CHARACTERS = 400;
const MOST_REASONS = 3;

type Json = Readonly<Record<string, unknown>>;

const objectOf = (value: unknown): Json | null =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Json) : null;

const numberOf = (value: unknown): number =>
  typeof value === 'number' && value >= 0 && value <= Number.MAX_SAFE_INTEGER ? value : 0;

const textOf = (value: unknown): string => (typeof value === 'string' ? value.slice(0, MOST_CHARACTERS) : '');

const stageOf = (value: Json) => ({
  stage: numberOf(value['stage']),
  name: textOf(value['name']),
  tasks: numberOf(value['tasks']),
});

const partOf = <Part>(value: unknown, read: (part: Json) => Part): Part | null => {
  const part = objectOf(value);
  return part === null ? null : read(part);
};

/** Parses `spark.json` of the run-notebook step; null if it is invalid. By hand, as `outcome.json`. */
export const parsedSparkFacts = (content: string): SparkFacts | null => {
  try {
    return partOf(JSON.parse(content), (file) => {
      const lost = objectOf(file['lostExecutors']);
      const reasons = Array.isArray(lost?.['reasons']) ? lost['reasons'].slice(0, MOST_REASONS) : [];
      return {
        stages: numberOf(file['stages']),
        tasks: numberOf(file['tasks']),
        failedTasks: numberOf(file['failedTasks']),
        failedTaskReason: textOf(file['failedTaskReason']) || null,
        slowestStage: partOf(file['slowestStage'], (part) => ({
          ...stageOf(part),
          seconds: numberOf(part['seconds']),
          isFinished: part['isFinished'] === true,
        })),
        spill: partOf(file['spill'], (part) => ({
          ...stageOf(part),
          memoryBytes: numberOf(part['memoryBytes']),
          diskBytes: numberOf(part['diskBytes']),
        })),
        skew: partOf(file['skew'], (part) => ({
          ...stageOf(part),
          medianSeconds: numberOf(part['medianSeconds']),
          longestSeconds: numberOf(part['longestSeconds']),
        })),
        lostExecutors: { count: numberOf(lost?.['count']), reasons: reasons.map(textOf).filter((text) => text !== '') },
        isComplete: file['isComplete'] === true,
      };
    });
  } catch {
    return null;
  }
};
