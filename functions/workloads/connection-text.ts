import type { Session } from '../../shared/domain/session.ts';
import type { SessionEndpoint } from '../ports/session-connections.ts';

/** AWS's proxy takes the token from this header of each call; Spark's client sends unknown parameters of its address as headers. */
const TOKEN_PARAMETER = 'x-aws-proxy-auth';

const TLS_PORT = '443';

/**
 * The address for Spark's client, with the token in it.
 * `sc://<host>:443/;use_ssl=true;x-aws-proxy-auth=<token>`, the client's own port being another; without TLS where the
 * endpoint has none, as on one's own machine.
 */
export const connectUrl = ({ endpoint, token, headers = {} }: Omit<SessionEndpoint, 'expiresAt'>): string => {
  const { hostname, port } = new URL(endpoint.replace(/^(?:sc:\/\/)?(?!\w+:\/\/)/, 'https://'));
  const isPlain = endpoint.startsWith('http://');
  const sent = Object.entries({ [TOKEN_PARAMETER]: token, ...headers });
  const parameters = [
    ...(isPlain ? [] : ['use_ssl=true']),
    ...sent.map(([name, value]) => `${name}=${encodeURIComponent(value)}`),
  ];
  return `sc://${hostname}:${port === '' ? TLS_PORT : port}/;${parameters.join(';')}`;
};

/** PySpark 3 asks for an older NumPy than the newest of these take, which pip would choose. */
const WITH_SPARK_3 = ['pandas<3', 'pyarrow<22'];

/** The same version: a newer client says what an older Spark does not understand. */
export const installCommand = ({ sparkVersion }: Pick<Session, 'sparkVersion'>): string =>
  [
    'pip install',
    ...[`pyspark[connect]==${sparkVersion}`, ...(sparkVersion.startsWith('3.') ? WITH_SPARK_3 : [])].map(
      (one) => `"${one}"`,
    ),
  ].join(' ');

/** Lines to paste. `create` and not `getOrCreate`: that would go on with the token of an earlier address. */
export const pythonLines = (url: string): string =>
  [
    'from pyspark.sql import SparkSession',
    `spark = SparkSession.builder.remote("${url}").create()`,
    'spark.range(10).count()',
  ].join('\n');
