import { DescribeInstancesCommand, EC2Client } from '@aws-sdk/client-ec2';

import type { Setting } from '../../shared/contract/environment.ts';
import { AwsFailed, AwsThrottled } from '../../shared/domain/errors.ts';
import type { CallerProofs } from '../ports/caller-proofs.ts';
import { fromAws } from './aws-errors.ts';
import { requestHandler } from './request-handler.ts';

export const CALLER_PROOF_SETTINGS = [
  'requiresCallerProof',
  'emrJobInstanceProfile',
  'runRoleArn',
  'region',
] as const satisfies readonly Setting[];

type CallerProofSettings = Readonly<Record<(typeof CALLER_PROOF_SETTINGS)[number], string>>;

interface CallerProofOptions {
  readonly client?: EC2Client;
  /** Where STS is; by default that of the function's own Region. Never part of a proof. */
  readonly sts?: string;
}

/** Signed beside the host, so that a proof for one run is none for another. */
export const PROOF_HEADER = 'x-atmo-run';

/** Of a presigned request for GetCallerIdentity, each once; anything else makes it no proof. */
const PARAMETERS: Readonly<Record<string, RegExp>> = {
  Action: /^GetCallerIdentity$/,
  Version: /^2011-06-15$/,
  'X-Amz-Algorithm': /^AWS4-HMAC-SHA256$/,
  'X-Amz-Credential': /^\w{16,128}\/\d{8}\/[a-z0-9-]+\/sts\/aws4_request$/,
  'X-Amz-Date': /^\d{8}T\d{6}Z$/,
  // Seconds: a proof is used at once.
  'X-Amz-Expires': /^([1-9]|[1-9]\d|[12]\d\d|300)$/,
  'X-Amz-SignedHeaders': new RegExp(`^host;${PROOF_HEADER}$`),
  'X-Amz-Signature': /^[0-9a-f]{64}$/,
  'X-Amz-Security-Token': /^[\w.+/=-]{1,4096}$/,
};

/** EMR gives it to every instance; nobody else can set tags that begin so. */
const CLUSTER_TAG = 'aws:elasticmapreduce:job-flow-id';

const INSTANCE_ID = /^i-[0-9a-f]{8,17}$/;

const TIMEOUT_MS = 5000;

/** @returns null where the text is no presigned request of the one kind that is expected */
const queryOf = (proof: string): URLSearchParams | null => {
  const query = new URLSearchParams(proof);
  const names = [...query.keys()];
  const isWhole = Object.entries(PARAMETERS).every(([name, pattern]) => pattern.test(query.get(name) ?? ''));
  return isWhole && names.length === Object.keys(PARAMETERS).length ? query : null;
};

/**
 * Proofs by STS: an instance of the run's cluster presigns `GetCallerIdentity` with the credentials of its role, whose session is named by the
 * instance's id. The proof is the query alone: host, path and headers of the request are ours.
 */
export const stsCallerProofs = (
  { requiresCallerProof, emrJobInstanceProfile, runRoleArn, region }: CallerProofSettings,
  { client = new EC2Client({ maxAttempts: 3, requestHandler }), sts }: CallerProofOptions = {},
): CallerProofs => {
  const [, partition = 'aws', , , account = ''] = runRoleArn.split(':');
  const host = `sts.${region}.amazonaws.com${partition === 'aws-cn' ? '.cn' : ''}`;
  // EMR asks for a role with the name of its instance profile.
  const sessions = `arn:${partition}:sts::${account}:assumed-role/${emrJobInstanceProfile}/`;

  /** The instance whose role signed, of those that nodes of runs have. */
  const instanceIn = (answer: string): string | undefined => {
    const [, arn = ''] = /<Arn>([^<]*)<\/Arn>/.exec(answer) ?? [];
    const name = arn.startsWith(sessions) ? arn.slice(sessions.length) : '';
    return INSTANCE_ID.test(name) ? name : undefined;
  };

  const answerOf = async (query: URLSearchParams, runId: string): Promise<string | null> => {
    const url = `${sts ?? `https://${host}`}/?${query.toString()}`;
    const response = await fetch(url, {
      headers: { [PROOF_HEADER]: runId, Accept: 'text/xml' },
      redirect: 'error',
      signal: AbortSignal.timeout(TIMEOUT_MS),
    }).catch((error: unknown) => {
      throw new AwsFailed('STS does not answer. Try again later.', { error: String(error) });
    });
    const text = await response.text();
    if (response.ok) return text;
    if (/<Code>(Throttling|RequestLimitExceeded)/.test(text))
      throw new AwsThrottled('STS is busy. Try again in a moment.');
    if (response.status >= 500) throw new AwsFailed('STS failed. Try again later.', { status: response.status });
    return null;
  };

  const clusterOfInstance = async (instanceId: string): Promise<string | null> => {
    const Filters = [
      { Name: 'instance-id', Values: [instanceId] },
      { Name: 'tag-key', Values: [CLUSTER_TAG] },
    ];
    const { Reservations = [] } = await fromAws('EC2', client.send(new DescribeInstancesCommand({ Filters })));
    const tags = Reservations.flatMap(({ Instances = [] }) => Instances).flatMap(({ Tags = [] }) => Tags);
    return tags.find(({ Key }) => Key === CLUSTER_TAG)?.Value ?? null;
  };

  return {
    areRequired: requiresCallerProof === 'true',
    async clusterOf(proof, runId) {
      const query = queryOf(proof);
      if (query === null) return null;
      const instanceId = instanceIn((await answerOf(query, runId)) ?? '');
      return instanceId === undefined ? null : clusterOfInstance(instanceId);
    },
  };
};
