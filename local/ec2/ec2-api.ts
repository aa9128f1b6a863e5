import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';

import { AwsError, awsErrorOf } from '../aws-json.ts';
import { QueryParameters } from '../query-parameters.ts';
import { readBody } from '../read-body.ts';
import type { AccessKeys } from '../sts/access-keys.ts';
import { authenticate } from '../sts/authentication.ts';
import { sha256 } from '../sts/signature.ts';
import { xmlOf, type Xml } from '../xml.ts';
import { EC2_OPERATIONS, type Ec2 } from './ec2-operations.ts';

/** EC2's security groups over its own wire protocol: a form in, XML out. */
export const ec2Api =
  (ec2: Ec2, keys: AccessKeys) =>
  async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const requestId = randomUUID();
    const send = (status: number, root: string, content: Xml): void => {
      response.writeHead(status, { 'Content-Type': 'text/xml;charset=UTF-8', 'x-amzn-RequestId': requestId });
      response.end(`<?xml version="1.0" encoding="UTF-8"?>\n<${root}>${xmlOf(content)}</${root.split(' ')[0]}>`);
    };
    try {
      const body = await readBody(request);
      const parameters = new QueryParameters(new URLSearchParams(body.toString('utf8')));
      const action = parameters.get('Action') ?? '';
      const operation = Object.hasOwn(EC2_OPERATIONS, action) ? EC2_OPERATIONS[action] : undefined;
      if (operation === undefined)
        throw new AwsError('InvalidAction', `The action ${action} is not valid for this web service.`);
      const caller = authenticate(request, keys, 'ec2', sha256(body));
      if (caller === null)
        throw new AwsError('AuthFailure', 'AWS was not able to validate the access credentials', 401);
      // A session is narrowed to the files of a run.
      if (caller.policy !== null)
        throw new AwsError('UnauthorizedOperation', 'You are not authorized to perform this operation.', 403);
      const result = operation(parameters, ec2);
      send(200, `${action}Response xmlns="http://ec2.amazonaws.com/doc/2016-11-15/"`, { requestId, ...result });
    } catch (error) {
      const { name, message, status } = awsErrorOf(error);
      send(status, 'Response', { Errors: { Error: { Code: name, Message: message } }, RequestID: requestId });
    }
  };
