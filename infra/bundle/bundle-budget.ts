/** Bytes that a function's bundle may have. sshpk alone is a quarter of `ssh-keys`. */
export const bundleBudget = (feature: string, clients: readonly string[]): number => {
  if (feature === 'ssh-keys') return 700_000;
  // EMR Serverless speaks another protocol than DynamoDB, REST with JSON: 15 kB more of the SDK.
  if (feature === 'sessions') return 412_000;
  return clients.length <= 2 ? 400_000 : 600_000;
};
