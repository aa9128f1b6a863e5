import table from '../data/prices.json' with { type: 'json' };
import type { PriceTable } from './prices.ts';

/** Made by `npm run prices`. A bundled function has one Region of it, see infra/lambda-bundle.ts. */
export const PRICE_TABLE: PriceTable = table;
