import { writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';

import { EC2Client } from '@aws-sdk/client-ec2';
import { PricingClient } from '@aws-sdk/client-pricing';
import { format, resolveConfig } from 'prettier';

import { readPriceList } from './read-price-list.ts';

/**
 * `npm run prices` writes `shared/data/prices.json` anew. It needs network and credentials with `pricing:GetProducts`,
 * `pricing:GetAttributeValues` and `ec2:DescribeSpotPriceHistory`, and takes some minutes.
 */
const FILE = fileURLToPath(new URL('../../shared/data/prices.json', import.meta.url));
const tell = (line: string): boolean => process.stdout.write(`${line}\n`);

/** Thousands of pages are read one after the other: throttled calls are repeated more often than by default. */
const maxAttempts = 10;

const table = await readPriceList({
  // The price list is served from few Regions; this one has the prices of all.
  pricing: new PricingClient({ region: 'us-east-1', maxAttempts }),
  ec2In: (region) => new EC2Client({ region, maxAttempts }),
  now: new Date(),
  tell,
});
await writeFile(FILE, await format(JSON.stringify(table), { ...(await resolveConfig(FILE)), parser: 'json' }));
tell(`${FILE} has the prices of ${Object.keys(table.regions).length} Regions.`);
