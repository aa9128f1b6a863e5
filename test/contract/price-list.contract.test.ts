import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';

import { EC2Client } from '@aws-sdk/client-ec2';
import { PricingClient } from '@aws-sdk/client-pricing';
import { afterEach, describe, expect, it } from 'vitest';

import { readPriceList } from '../../infra/prices/read-price-list.ts';
import { ec2Product, emrProduct, singapore, vpcProduct } from '../fakes/price-list.ts';

interface Filtered {
  readonly ServiceCode: string;
  readonly NextToken?: string;
  readonly Filters?: readonly { readonly Type: string; readonly Field: string; readonly Value: string }[];
}

interface Product {
  readonly product: { readonly productFamily?: string; readonly attributes: Readonly<Record<string, string>> };
  readonly serviceCode: string;
}

const bodyOf = async (request: IncomingMessage): Promise<string> => {
  let body = '';
  for await (const chunk of request) body += String(chunk);
  return body;
};

/** What `GetProducts` finds: all filters match, as AWS's TERM_MATCH does. */
const found = (products: readonly string[], { ServiceCode, Filters = [] }: Filtered): string[] =>
  products.filter((text) => {
    const { serviceCode, product } = JSON.parse(text) as Product;
    const fields: Record<string, string | undefined> = { ...product.attributes, productFamily: product.productFamily };
    return serviceCode === ServiceCode && Filters.every(({ Field, Value }) => fields[Field] === Value);
  });

/** One to a page, so that a reader that stops after the first is seen. */
const page = <Item>(items: readonly Item[], token: string | undefined) => {
  const place = Number(token ?? 0);
  return { items: items.slice(place, place + 1), next: place + 1 < items.length ? String(place + 1) : undefined };
};

const spotHistory = (body: string): string => {
  const asked = new URLSearchParams(body);
  const prices = ['0.0748', '0.0951', '0.0879'];
  const { items, next } = page(prices, asked.get('NextToken') ?? undefined);
  const listed = items.map(
    (price) =>
      `<item><instanceType>${asked.get('InstanceType.1')}</instanceType><spotPrice>${price}</spotPrice><productDescription>${asked.get('ProductDescription.1')}</productDescription></item>`,
  );
  return `<DescribeSpotPriceHistoryResponse xmlns="http://ec2.amazonaws.com/doc/2016-11-15/"><spotPriceHistorySet>${listed.join('')}</spotPriceHistorySet><nextToken>${next ?? ''}</nextToken></DescribeSpotPriceHistoryResponse>`;
};

const NOT_ENABLED =
  '<Response><Errors><Error><Code>AuthFailure</Code><Message>AWS was not able to validate the provided access credentials</Message></Error></Errors></Response>';

const servers: { close: () => void }[] = [];
afterEach(() => servers.splice(0).forEach((server) => server.close()));

interface Rig {
  readonly products: readonly string[];
  readonly regions: readonly string[];
  readonly isSpotRefused?: boolean;
  /** How many calls are throttled first. */
  readonly throttled?: number;
}

const rig = async ({ products, regions, isSpotRefused = false, throttled = 0 }: Rig) => {
  let refusals = throttled;
  const operations: string[] = [];
  const server = createServer((request, response) => {
    void (async () => {
      const body = await bodyOf(request);
      const target = String(request.headers['x-amz-target'] ?? new URLSearchParams(body).get('Action'));
      operations.push(target);
      if (refusals > 0) {
        refusals -= 1;
        response.writeHead(400, { 'content-type': 'application/x-amz-json-1.1' });
        response.end(JSON.stringify({ __type: 'ThrottlingException', message: 'Rate exceeded' }));
      } else if (target === 'DescribeSpotPriceHistory') {
        response.writeHead(isSpotRefused ? 401 : 200, { 'content-type': 'text/xml' });
        response.end(isSpotRefused ? NOT_ENABLED : spotHistory(body));
      } else {
        const input = JSON.parse(body) as Filtered;
        const isProducts = target === 'AWSPriceListService.GetProducts';
        const { items, next } = page(isProducts ? found(products, input) : regions, input.NextToken);
        response.writeHead(200, { 'content-type': 'application/x-amz-json-1.1' });
        response.end(
          JSON.stringify({
            FormatVersion: 'aws_v1',
            ...(isProducts ? { PriceList: items } : { AttributeValues: items.map((Value) => ({ Value })) }),
            NextToken: next,
          }),
        );
      }
    })();
  });
  servers.push(server);
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const client = { endpoint, credentials: { accessKeyId: 'test', secretAccessKey: 'test' } };
  const told: string[] = [];
  const table = await readPriceList({
    pricing: new PricingClient({ ...client, region: 'us-east-1' }),
    ec2In: (region) => new EC2Client({ ...client, region }),
    now: new Date('2026-11-26T06:00:00Z'),
    tell: (line) => told.push(line),
  });
  return { table, told, operations };
};

describe('reading AWS’s price list', () => {
  it('follows every page, and knows Regions from local zones', async () => {
    const products = [
      ...singapore(),
      ec2Product('ap-southeast-1', 'APS1-', 'm7g.2xlarge', '0.4080000000'),
      emrProduct('ap-southeast-1', 'APS1-', 'm7g.2xlarge', '0.0816000000'),
      vpcProduct('ap-southeast-1', 'APS1-VpcEndpoint-Hours', '0.0130000000'),
    ];
    const { table, told } = await rig({ products, regions: ['ap-southeast-1', 'us-west-2-lax-1', 'NA'] });
    expect(told).toEqual([]);
    expect(table).toEqual({
      currency: 'USD',
      sources: {
        aws: { asOf: '2026-11-26', what: 'AWS price list' },
        'aws-spot': { asOf: '2026-11-26', what: 'EC2 spot price history' },
      },
      regions: {
        'ap-southeast-1': {
          emrFrom: 'aws',
          spotFrom: 'aws-spot',
          gp3: { gbMonth: 0.096, from: 'aws' },
          publicIpv4: { hour: 0.005, from: 'aws' },
          serverless: {
            x86_64: { vCpuHour: 0.065728, memoryGbHour: 0.007189, storageGbHour: 0.000133, from: 'aws' },
            arm64: { vCpuHour: 0.052585, memoryGbHour: 0.005746, storageGbHour: 0.000133, from: 'aws' },
          },
          instances: {
            'm7g.xlarge': { ec2: 0.204, emr: 0.0408, from: 'aws', spot: 0.0951 },
            'm7g.2xlarge': { ec2: 0.408, emr: 0.0816, from: 'aws' },
          },
        },
      },
    });
  });

  it('goes without spot prices where the account is not enabled, and says so', async () => {
    const { table, told } = await rig({ products: singapore(), regions: ['ap-southeast-1'], isSpotRefused: true });
    expect(table.regions['ap-southeast-1']).not.toHaveProperty('spotFrom');
    expect(told).toEqual([
      'ap-southeast-1 has no spot prices: AWS was not able to validate the provided access credentials',
    ]);
  });

  it('leaves out a Region that lacks a price, and says so', async () => {
    const { table, told } = await rig({ products: singapore(), regions: ['ap-southeast-1', 'eu-west-9'] });
    expect(Object.keys(table.regions)).toEqual(['ap-southeast-1']);
    expect(told).toEqual(['eu-west-9 is left out: the price list has no price of gp3.']);
  });

  it('tries again when it is throttled', async () => {
    const { table, operations } = await rig({ products: singapore(), regions: ['ap-southeast-1'], throttled: 2 });
    expect(Object.keys(table.regions)).toEqual(['ap-southeast-1']);
    expect(operations.slice(0, 3)).toEqual(Array(3).fill('AWSPriceListService.GetAttributeValues'));
  });

  it('fails rather than writing an empty table', async () => {
    await expect(rig({ products: [], regions: ['ap-southeast-1'] })).rejects.toThrow(/prices for no Region/);
  });
});
