import { randomBytes, randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';

import { ACCOUNT } from '../account.ts';
import { AwsError, awsErrorOf } from '../aws-json.ts';
import { readBody } from '../read-body.ts';
import { xmlOf, type Xml } from '../xml.ts';
import type { AccessKeys, Caller } from './access-keys.ts';
import { authenticate } from './authentication.ts';
import { parseSessionPolicy } from './session-policy.ts';
import { sha256 } from './signature.ts';

type Operation = (parameters: URLSearchParams, caller: Caller, keys: AccessKeys) => Xml;

/** Characters of a session policy. */
const LONGEST_POLICY = 2048;
const HOUR_SECONDS = 3600;

/** STS over its own wire protocol: a form or a presigned query in, XML out. */
export const stsApi =
  (keys: AccessKeys) =>
  async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const requestId = randomUUID();
    const send = (status: number, root: string, content: Xml): void => {
      response.writeHead(status, { 'Content-Type': 'text/xml', 'x-amzn-RequestId': requestId });
      response.end(`<${root} xmlns="https://sts.amazonaws.com/doc/2011-06-15/">${xmlOf(content)}</${root}>`);
    };
    try {
      const body = await readBody(request);
      const inQuery = new URL(request.url ?? '/', 'http://sts').searchParams;
      const parameters = request.method === 'GET' ? inQuery : new URLSearchParams(body.toString('utf8'));
      const action = parameters.get('Action') ?? '';
      const operation = Object.hasOwn(OPERATIONS, action) ? OPERATIONS[action] : undefined;
      if (operation === undefined) throw new AwsError('InvalidAction', `${action} is not served locally.`);
      const caller = authenticate(request, keys, 'sts', sha256(body));
      if (caller === null)
        throw new AwsError('MissingAuthenticationToken', 'Request is missing Authentication Token', 403);
      const result = operation(parameters, caller, keys);
      send(200, `${action}Response`, { [`${action}Result`]: result, ResponseMetadata: { RequestId: requestId } });
    } catch (error) {
      const { name, message, status } = awsErrorOf(error);
      const Type = status < 500 ? 'Sender' : 'Receiver';
      // STS has names of its own for two of the refusals.
      const Code = STS_NAMES[name] ?? name;
      send(STS_NAMES[name] === undefined ? status : 403, 'ErrorResponse', {
        Error: { Type, Code, Message: message },
        RequestId: requestId,
      });
    }
  };

const STS_NAMES: Readonly<Record<string, string>> = {
  InvalidAccessKeyId: 'InvalidClientTokenId',
  InvalidToken: 'InvalidClientTokenId',
  ExpiredToken: 'ExpiredToken',
};

const OPERATIONS: Readonly<Record<string, Operation>> = {
  AssumeRole(parameters, { policy: callersPolicy }, keys) {
    const roleArn = parameters.get('RoleArn') ?? '';
    const [, role = ''] = /^arn:aws:iam::\d{12}:role\/(?:.*\/)?([\w+=,.@-]{1,64})$/.exec(roleArn) ?? [];
    const sessionName = parameters.get('RoleSessionName') ?? '';
    const seconds = Number(parameters.get('DurationSeconds') ?? HOUR_SECONDS);
    const policy = parameters.get('Policy');
    if (role === '') throw new AwsError('ValidationError', `${roleArn} is not the ARN of a role.`);
    if (!/^[\w+=,.@-]{2,64}$/.test(sessionName)) throw new AwsError('ValidationError', 'RoleSessionName is invalid.');
    // An hour at most, as for a role that was itself assumed: a Lambda's.
    if (!Number.isInteger(seconds) || seconds < 900 || seconds > HOUR_SECONDS) {
      throw new AwsError('ValidationError', `DurationSeconds must be from 900 to ${HOUR_SECONDS}.`);
    }
    if (policy !== null && policy.length > LONGEST_POLICY) {
      throw new AwsError('ValidationError', `Policy must have length less than or equal to ${LONGEST_POLICY}.`);
    }
    if (policy !== null && parseSessionPolicy(policy) === null) {
      throw new AwsError(
        'MalformedPolicyDocument',
        'The policy is malformed, or has elements that are not served locally.',
      );
    }
    // Sessions of the portal narrow themselves once and assume nothing more.
    if (callersPolicy !== null) throw new AwsError('AccessDenied', 'This session may not perform sts:AssumeRole.', 403);
    const arn = `arn:aws:sts::${ACCOUNT.id}:assumed-role/${role}/${sessionName}`;
    const userId = `AROA${randomBytes(8).toString('hex').toUpperCase()}:${sessionName}`;
    const expiration = Date.now() + seconds * 1000;
    const { accessKeyId, secretAccessKey, sessionToken } = keys.issue({ arn, userId, policy, expiration });
    return {
      Credentials: {
        AccessKeyId: accessKeyId,
        SecretAccessKey: secretAccessKey,
        SessionToken: sessionToken,
        Expiration: new Date(expiration).toISOString(),
      },
      AssumedRoleUser: { AssumedRoleId: userId, Arn: arn },
    };
  },
  GetCallerIdentity: (_parameters, { arn, userId }) => ({ Arn: arn, UserId: userId, Account: ACCOUNT.id }),
};
