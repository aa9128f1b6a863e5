import {
  DescribeClusterCommand,
  paginateListClusters,
  paginateListInstances,
  type EMRClient,
  type Instance,
} from '@aws-sdk/client-emr';

import prices from '../../shared/data/prices.json' with { type: 'json' };

/** What AWS would bill, from EMR's own records and the price list alone: nothing of the portal's rules for cost is used. */
const REGION = prices.regions['us-west-2'];
const INSTANCES: Readonly<Record<string, { readonly ec2: number; readonly emr: number }>> = REGION.instances;

/** 40 GB for the system and 128 GB for data on each node, and a public address each. */
const diskAndAddress = ((40 + 128) * REGION.gp3.gbMonth) / 730 + REGION.publicIpv4.hour;

const hourlyOf = ({ InstanceType = '' }: Instance): number => {
  const price = INSTANCES[InstanceType];
  if (price === undefined) throw new Error(`No price for ${InstanceType}`);
  return price.ec2 + price.emr + diskAndAddress;
};

const monthStart = (time: number, later: number): number => {
  const date = new Date(time);
  return Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + later, 1);
};

/** US dollars by the `Owner` tag and the month. */
export const billOfEmr = async (emr: EMRClient): Promise<Map<string, number>> => {
  const bill = new Map<string, number>();
  const ids: string[] = [];
  for await (const { Clusters = [] } of paginateListClusters({ client: emr }, {}))
    ids.push(...Clusters.flatMap(({ Id }) => Id ?? []));
  for (const ClusterId of ids) {
    const { Cluster } = await emr.send(new DescribeClusterCommand({ ClusterId }));
    const owner = Cluster?.Tags?.find(({ Key }) => Key === 'Owner')?.Value ?? 'nobody';
    const { CreationDateTime, EndDateTime } = Cluster?.Status?.Timeline ?? {};
    if (CreationDateTime === undefined || EndDateTime === undefined) throw new Error(`${ClusterId} has not ended`);
    let hourly = 0;
    for await (const { Instances = [] } of paginateListInstances({ client: emr }, { ClusterId }))
      for (const instance of Instances) hourly += hourlyOf(instance);
    let from = CreationDateTime.getTime();
    const end = Math.max(EndDateTime.getTime(), from + 60_000);
    while (from < end) {
      const until = Math.min(end, monthStart(from, 1));
      const key = `${owner} ${new Date(from).toISOString().slice(0, 7)}`;
      bill.set(key, (bill.get(key) ?? 0) + (hourly * (until - from)) / 3_600_000);
      from = until;
    }
  }
  return bill;
};
