import type { StateMachine } from 'aws-local-stepfunctions';

import { AwsError } from '../aws-json.ts';

/** Any JSON value, as the interpreter types it. */
export type Json = Parameters<StateMachine['run']>[0];

/** Bytes of an execution's input. */
const MAX_INPUT = 262_144;

/** @throws AwsError */
export const parseInput = (text: string): Json => {
  if (Buffer.byteLength(text) > MAX_INPUT) {
    throw new AwsError('ValidationException', `Input is longer than ${MAX_INPUT} bytes.`);
  }
  try {
    return JSON.parse(text) as Json;
  } catch {
    throw new AwsError('InvalidExecutionInput', `Invalid State Machine Execution Input: '${text.slice(0, 100)}'`);
  }
};

/** @throws AwsError InvalidName */
export const checkName = (name: string): void => {
  // eslint-disable-next-line no-control-regex -- the service names these characters
  if (name.length < 1 || name.length > 80 || /[\s<>{}[\]?*"#%\\^|~`$&,;:/\u0000-\u001f\u007f-\u009f]/.test(name)) {
    throw new AwsError('InvalidName', `Invalid Name: '${name}'`);
  }
};
