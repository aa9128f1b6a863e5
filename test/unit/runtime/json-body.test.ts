import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import { describe, expect, it } from 'vitest';

import { jsonBodyOf } from '../../../functions/runtime/http-request.ts';

const read = (body: string): unknown =>
  jsonBodyOf({
    body,
    isBase64Encoded: false,
    headers: { 'content-type': 'application/json' },
  } as unknown as APIGatewayProxyEventV2);

describe('a JSON body', () => {
  it('keeps the digits of the parameters, and of nothing else', () => {
    const body = '{"size":1.0,"parameters":{"big":9223372036854775807,"rate":1.0,"list":[1.50,7]}}';
    expect(JSON.stringify(read(body))).toBe(body.replace('"size":1.0', '"size":1'));
    expect(JSON.stringify(read('{"parameters":[{"name":"a","value":1.0}]}'))).toContain('"value":1.0');
  });

  it('keeps a parameter that is called as the prototype is, so that it can be refused by name', () => {
    const { parameters } = read('{"parameters": {"__proto__": {"a": 1}}}') as { parameters: object };
    expect(Object.keys(parameters)).toEqual(['__proto__']);
  });
});
