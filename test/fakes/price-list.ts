/** A product as `GetProducts` answers it: the attributes of AWS's own entries, cut to those that differ. */
interface Product {
  readonly serviceCode: string;
  readonly productFamily?: string;
  readonly unit?: string;
  readonly attributes: Readonly<Record<string, string>>;
  /** US dollars; none for a product that is only reserved. */
  readonly usd: string | null;
}

let sku = 0;

const termsOf = (code: string, usd: string, unit: string) => ({
  OnDemand: {
    [`${code}.JRTCKXETXF`]: {
      priceDimensions: {
        [`${code}.JRTCKXETXF.6YS6EN2CT7`]: {
          unit,
          endRange: 'Inf',
          description: `$${usd} per ${unit}`,
          appliesTo: [],
          rateCode: `${code}.JRTCKXETXF.6YS6EN2CT7`,
          beginRange: '0',
          pricePerUnit: { USD: usd },
        },
      },
      sku: code,
      effectiveDate: '2026-11-01T00:00:00Z',
      offerTermCode: 'JRTCKXETXF',
      termAttributes: {},
    },
  },
});

export const priceListProduct = ({ serviceCode, productFamily, unit = 'Hrs', attributes, usd }: Product): string => {
  sku += 1;
  const code = `SKU${String(sku).padStart(13, '0')}`;
  return JSON.stringify({
    product: {
      ...(productFamily === undefined ? {} : { productFamily }),
      attributes: { servicecode: serviceCode, locationType: 'AWS Region', ...attributes },
      sku: code,
    },
    serviceCode,
    terms: usd === null ? {} : termsOf(code, usd, unit),
    version: '20261101000000',
    publicationDate: '2026-11-01T00:00:00Z',
  });
};

const instance = (region: string, prefix: string, instanceType: string) => ({
  regionCode: region,
  instanceType,
  usagetype: `${prefix}BoxUsage:${instanceType}`,
});

export const ec2Product = (region: string, prefix: string, instanceType: string, usd: string | null): string =>
  priceListProduct({
    serviceCode: 'AmazonEC2',
    productFamily: 'Compute Instance',
    usd,
    attributes: {
      ...instance(region, prefix, instanceType),
      operatingSystem: 'Linux',
      tenancy: 'Shared',
      preInstalledSw: 'NA',
      capacitystatus: 'Used',
      marketoption: 'OnDemand',
      operation: 'RunInstances',
      vcpu: '4',
      memory: '16 GiB',
    },
  });

export const emrProduct = (region: string, prefix: string, instanceType: string, usd: string): string =>
  priceListProduct({
    serviceCode: 'ElasticMapReduce',
    productFamily: 'Elastic Map Reduce Instance',
    usd,
    attributes: { ...instance(region, prefix, instanceType), softwareType: 'EMR', operation: 'RunInstances' },
  });

export const gp3Product = (region: string, usagetype: string, usd: string): string =>
  priceListProduct({
    serviceCode: 'AmazonEC2',
    productFamily: 'Storage',
    unit: 'GB-Mo',
    usd,
    attributes: { regionCode: region, volumeApiName: 'gp3', volumeType: 'General Purpose', usagetype },
  });

export const vpcProduct = (region: string, usagetype: string, usd: string): string =>
  priceListProduct({ serviceCode: 'AmazonVPC', usd, attributes: { regionCode: region, usagetype } });

export const serverlessProduct = (region: string, usagetype: string, usd: string): string =>
  priceListProduct({
    serviceCode: 'ElasticMapReduce',
    productFamily: 'EMR Serverless',
    usd,
    attributes: { regionCode: region, usagetype },
  });

/** All that a Region has for one instance type, at the prices of ap-southeast-1 in August 2026. */
export const singapore = (): string[] => [
  ec2Product('ap-southeast-1', 'APS1-', 'm7g.xlarge', '0.2040000000'),
  emrProduct('ap-southeast-1', 'APS1-', 'm7g.xlarge', '0.0408000000'),
  gp3Product('ap-southeast-1', 'APS1-EBS:VolumeUsage.gp3', '0.0960000000'),
  vpcProduct('ap-southeast-1', 'APS1-PublicIPv4:InUseAddress', '0.0050000000'),
  serverlessProduct('ap-southeast-1', 'APS1-EMR-SERVERLESS-vCPUHours', '0.0657280000'),
  serverlessProduct('ap-southeast-1', 'APS1-EMR-SERVERLESS-MemoryGBHours', '0.0071890000'),
  serverlessProduct('ap-southeast-1', 'APS1-EMR-SERVERLESS-ARM-vCPUHours', '0.0525850000'),
  serverlessProduct('ap-southeast-1', 'APS1-EMR-SERVERLESS-ARM-MemoryGBHours', '0.0057460000'),
  serverlessProduct('ap-southeast-1', 'APS1-EMR-SERVERLESS-StorageGBHours', '0.0001330000'),
];
