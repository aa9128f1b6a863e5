import { AwsFailed, AwsThrottled } from '../../shared/domain/errors.ts';
import { callers } from './callers.ts';
import type { FaultPlan, Service } from './fault-plan.ts';
import type { Trace } from './trace.ts';

/** How a port fails. */
interface Failing {
  readonly service: Service;
  /** What the port's name stands for in the trace. */
  readonly name: string;
  /** The error of a call of which nobody knows whether it took effect. */
  readonly lost?: (message: string) => Error;
  /** How often its answer is lost besides; left out: never. */
  readonly loses?: number;
}

/** Methods that call nobody. */
const LOCAL: ReadonlySet<string> = new Set(['keyOf', 'then']);

type AnyFunction = (...args: unknown[]) => Promise<unknown>;

const never = (): Promise<never> => new Promise(() => {});

const briefly = (args: readonly unknown[]): string =>
  JSON.stringify(args, (_key, value: unknown) => (value instanceof Error ? value.message : value))?.slice(0, 200) ?? '';

const sleep = (milliseconds: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, milliseconds));

/** Puts a plan of faults between the use cases and a port. */
export const faultLayer = (plan: FaultPlan, trace: Trace) => {
  const call = async (method: string, args: readonly unknown[], act: () => Promise<unknown>, failing: Failing) => {
    const { service, lost = (message) => new AwsFailed(message) } = failing;
    const caller = callers.getStore();
    const isDead = (): boolean => caller?.isDead ?? false;
    if (isDead()) return never();
    const fate = plan.fateOf(service, failing.loses);
    const say = (answer: string): void =>
      trace('call', () => `${caller?.name ?? '-'} ${failing.name}.${method} ${briefly(args)} -> ${answer}`);
    const hit = (): void => {
      if (caller !== undefined) caller.faults += 1;
      say(fate.kind);
    };
    const die = (): Promise<never> => {
      hit();
      caller?.die();
      return never();
    };
    if (fate.kind === 'diedBefore' && caller !== undefined) return die();
    if (fate.kind === 'outage' || fate.kind === 'failedBefore') {
      hit();
      throw lost(`${service} failed in the simulation.`);
    }
    if (fate.kind === 'throttled') {
      hit();
      throw new AwsThrottled(`${service} is busy in the simulation.`);
    }
    if (fate.kind === 'lostBefore') {
      hit();
      throw lost(`${service} gave no answer in the simulation.`);
    }
    if (fate.delay > 0) {
      await sleep(fate.delay);
      if (isDead()) return never();
    }
    const answer = await act();
    if (fate.kind === 'diedAfter' && caller !== undefined) return die();
    if (fate.kind === 'lostAfter') {
      hit();
      throw lost(`The answer of ${service} was lost in the simulation.`);
    }
    say(fate.delay > 0 ? `after ${Math.round(fate.delay)} ms` : 'fine');
    return answer;
  };

  return <Port extends object>(port: Port, failing: Failing): Port =>
    new Proxy(port, {
      get(target, method) {
        const value: unknown = Reflect.get(target, method);
        if (typeof value !== 'function' || typeof method !== 'string' || LOCAL.has(method)) return value;
        return (...args: unknown[]) => call(method, args, () => (value as AnyFunction).apply(target, args), failing);
      },
      apply: (target, self, args: unknown[]) =>
        call('call', args, () => (target as unknown as AnyFunction).apply(self, args), failing),
    });
};

export type FaultLayer = ReturnType<typeof faultLayer>;
