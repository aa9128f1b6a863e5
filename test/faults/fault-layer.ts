import { AwsFailed, AwsThrottled } from '../../shared/domain/errors.ts';
import { callers, type Caller } from './callers.ts';
import type { Fate, FaultPlan, Service } from './fault-plan.ts';
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
const LOCAL: ReadonlySet<string> = new Set(['keyOf']);

type AnyFunction = (...args: unknown[]) => Promise<unknown>;

const never = (): Promise<never> => new Promise(() => {});

const briefly = (args: readonly unknown[]): string =>
  JSON.stringify(args, (_key, value: unknown) => (value instanceof Error ? value.message : value))?.slice(0, 200) ?? '';

const sleep = (milliseconds: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, milliseconds));

/** A call on its way. */
interface Call {
  readonly name: string;
  readonly caller: Caller | undefined;
  readonly args: readonly unknown[];
  readonly fate: Fate;
}

/** Puts a plan of faults between the use cases and a port. */
export const faultLayer = (plan: FaultPlan, trace: Trace) => {
  const say = ({ caller, name, args }: Call, answer: string): void =>
    trace('call', () => `${caller?.name ?? '-'} ${name} ${briefly(args)} -> ${answer}`);
  const hit = (call: Call): void => {
    const { caller, fate } = call;
    if (caller !== undefined) caller.faults += 1;
    plan.happened(fate.kind);
    say(call, fate.kind);
  };
  const die = (call: Call): Promise<never> => {
    hit(call);
    call.caller?.die();
    return never();
  };
  const isDead = ({ caller }: Call): boolean => caller?.isDead ?? false;

  /** The port's method behind the faults. */
  const behind = (self: unknown, method: AnyFunction, name: string, failing: Failing): AnyFunction => {
    const { service, lost = (message) => new AwsFailed(message), loses } = failing;
    return async (...args) => {
      const caller = callers.getStore();
      if (caller?.isDead) return never();
      const fate = plan.fateOf(service, name, loses);
      const { kind, delay } = fate;
      const call: Call = { name, caller, args, fate };
      if (kind === 'diedBefore' && caller !== undefined) return die(call);
      if (kind === 'outage' || kind === 'failedBefore') {
        hit(call);
        throw lost(`${service} failed in the simulation.`);
      }
      if (kind === 'throttled') {
        hit(call);
        throw new AwsThrottled(`${service} is busy in the simulation.`);
      }
      if (kind === 'lostBefore') {
        hit(call);
        throw lost(`${service} gave no answer in the simulation.`);
      }
      if (delay > 0) {
        plan.happened('delay');
        await sleep(delay);
        if (isDead(call)) return never();
      }
      const answer = await method.apply(self, args);
      if (kind === 'diedAfter' && caller !== undefined) return die(call);
      if (kind === 'lostAfter') {
        hit(call);
        throw lost(`The answer of ${service} was lost in the simulation.`);
      }
      say(call, delay > 0 ? `after ${Math.round(delay)} ms` : 'fine');
      return answer;
    };
  };

  /** A port of functions of its own, or a function: each is wrapped once, since a proxy would do so at each call. */
  return <Port extends object>(port: Port, failing: Failing): Port => {
    if (typeof port === 'function') return behind(undefined, port, `${failing.name}.call`, failing) as Port;
    const wrapped = Object.entries(port).map(([method, value]: [string, unknown]) => [
      method,
      typeof value !== 'function' || LOCAL.has(method)
        ? value
        : behind(port, value as AnyFunction, `${failing.name}.${method}`, failing),
    ]);
    return Object.fromEntries(wrapped) as Port;
  };
};

export type FaultLayer = ReturnType<typeof faultLayer>;
