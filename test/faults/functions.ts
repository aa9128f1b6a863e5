import { FunctionError } from '../../local/lambda.ts';
import { callers, type Caller } from './callers.ts';
import type { FaultPlan } from './fault-plan.ts';
import type { Random } from './random.ts';
import type { Trace } from './trace.ts';

export type Handler = (event: unknown, context: { readonly awsRequestId: string }) => Promise<unknown>;

/** Seconds, as the deployment has them. */
const TIMEOUTS = { upkeep: 300, 'run-workflow': 60, clusters: 29, jobs: 29, runs: 29, sessions: 29 } as const;
export type FunctionName = keyof typeof TIMEOUTS;
export const FUNCTIONS = Object.keys(TIMEOUTS) as readonly FunctionName[];

type Boot = () => Handler;

/** The wiring of each function, made bootable by `module-swaps.ts`. */
export const loadFunctions = async (): Promise<Readonly<Record<FunctionName, Boot>>> => {
  const load = async (name: FunctionName) => {
    const { boot } = (await import(`../../functions/${name}/${name}.lambda.ts`)) as { boot: Boot };
    return [name, boot] as const;
  };
  const loaded: (readonly [FunctionName, Boot])[] = [];
  for (const name of FUNCTIONS) loaded.push(await load(name));
  return Object.fromEntries(loaded) as Record<FunctionName, Boot>;
};

/** An invocation ended well, and so did each of its calls. @param since when it began */
export type Passed = (name: FunctionName, event: unknown, since: number) => void;

interface FunctionsDependencies {
  readonly boots: Readonly<Record<FunctionName, Boot>>;
  readonly random: Random;
  readonly plan: FaultPlan;
  readonly trace: Trace;
  readonly passed: Passed;
}

/** Only JSON goes in and out of a function. */
const overTheWire = (value: unknown): unknown =>
  value === undefined || value === null ? null : (JSON.parse(JSON.stringify(value)) as unknown);

const failureOf = (error: unknown): FunctionError =>
  error instanceof FunctionError
    ? error
    : error instanceof Error
      ? new FunctionError(error.name, error.message)
      : new FunctionError('Error', String(error));

/** Lambda: an instance for each call at a time, gone when it dies. */
export const functionService = ({ boots, random, plan, trace, passed }: FunctionsDependencies) => {
  const idle = new Map<FunctionName, Handler[]>(FUNCTIONS.map((name) => [name, []]));
  let requests = 0;

  /** @throws FunctionError */
  return async (name: FunctionName, event: unknown): Promise<unknown> => {
    if (plan.isOut('lambda')) throw new FunctionError('Lambda.ServiceException', 'Lambda is out.');
    const waiting = idle.get(name) ?? [];
    const handler = waiting.pop() ?? boots[name]();
    requests += 1;
    const id = `request-${requests}`;
    const since = Date.now();
    const death = Promise.withResolvers<never>();
    const caller: Caller = {
      name: `${name}#${requests}`,
      isDead: false,
      faults: 0,
      die: () => {
        caller.isDead = true;
        death.reject(new FunctionError('Lambda.Unknown', 'The instance died.'));
      },
    };
    const timer = setTimeout(() => {
      caller.isDead = true;
      caller.faults += 1;
      trace('world', () => `${caller.name} timed out`);
      death.reject(new FunctionError('Sandbox.Timedout', 'Task timed out.'));
    }, TIMEOUTS[name] * 1000);
    try {
      const answer = await Promise.race([
        callers.run(caller, () => handler(overTheWire(event), { awsRequestId: id })),
        death.promise,
      ]);
      if (caller.faults === 0) passed(name, event, since);
      return overTheWire(answer);
    } catch (error) {
      trace('world', () => `${caller.name} failed: ${String(error)}`);
      throw failureOf(error);
    } finally {
      clearTimeout(timer);
      if (!caller.isDead && random.chance(0.95)) waiting.push(handler);
    }
  };
};

export type Invoke = ReturnType<typeof functionService>;
