import { describe, expect, it } from 'vitest';

import type { SessionConnections } from '../../../functions/ports/session-connections.ts';
import { connectUrl, installCommand, pythonLines } from '../../../functions/workloads/connection-text.ts';

/** What EMR Serverless answers, as far as the address needs it. */
type Answered = Pick<Awaited<ReturnType<SessionConnections['mint']>>, 'endpoint' | 'token'>;

const addressOf = (answered: Answered): string => connectUrl(answered);

const AWS = '00s1.00app.sessions.emr-serverless.eu-central-1.amazonaws.com';

describe('what connects a client to a session', () => {
  it.each([`https://${AWS}`, `https://${AWS}/`, `https://${AWS}:443`, `sc://${AWS}`, `sc://${AWS}:443/`, AWS])(
    'is an address with port 443, TLS and the token, from %s',
    (endpoint) => {
      expect(addressOf({ endpoint, token: 'abc' })).toBe(`sc://${AWS}:443/;use_ssl=true;x-aws-proxy-auth=abc`);
    },
  );

  it('keeps a token with separators of the address in one piece', () => {
    expect(addressOf({ endpoint: `https://${AWS}`, token: 'a;b=c/d+e' })).toContain(
      'x-aws-proxy-auth=a%3Bb%3Dc%2Fd%2Be',
    );
  });

  it('is plain where the endpoint is, with its own port', () => {
    expect(addressOf({ endpoint: 'http://127.0.0.1:41234', token: 'abc' })).toBe(
      'sc://127.0.0.1:41234/;x-aws-proxy-auth=abc',
    );
  });

  it('sends what else the endpoint asks for, as clusters ask for the id of the session', () => {
    const address = connectUrl({ endpoint: `https://${AWS}`, token: 'abc', headers: { authorization: 'is-1' } });
    expect(address).toBe(`sc://${AWS}:443/;use_ssl=true;x-aws-proxy-auth=abc;authorization=is-1`);
  });

  it('installs exactly the Spark of the session', () => {
    expect(installCommand({ sparkVersion: '4.0.2' })).toBe('pip install "pyspark[connect]==4.0.2"');
    expect(installCommand({ sparkVersion: '3.5.6' })).toBe(
      'pip install "pyspark[connect]==3.5.6" "pandas<3" "pyarrow<22"',
    );
  });

  it('are three lines of Python', () => {
    expect(pythonLines('sc://host:443/;use_ssl=true').split('\n')).toEqual([
      'from pyspark.sql import SparkSession',
      'spark = SparkSession.builder.remote("sc://host:443/;use_ssl=true").create()',
      'spark.range(10).count()',
    ]);
  });
});
