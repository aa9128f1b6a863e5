const ONE_CLIENT = 400_000;
/** DynamoDB speaks JSON-RPC; EMR Serverless speaks REST with JSON, which is that much more of the SDK. */
const SECOND_PROTOCOL = 16_000;

/** Bytes that a function's bundle may have. sshpk alone is a quarter of `ssh-keys`. */
export const bundleBudget = (feature: string, clients: readonly string[]): number => {
  if (feature === 'ssh-keys') return 700_000;
  if (clients.length > 2) return 600_000;
  return ONE_CLIENT + (clients.includes('client-emr-serverless') ? SECOND_PROTOCOL : 0);
};
