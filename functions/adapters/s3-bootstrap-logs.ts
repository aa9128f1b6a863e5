import { GetObjectCommand, ListObjectsV2Command, type S3Client } from '@aws-sdk/client-s3';
import type { Readable } from 'node:stream';

import type { Setting } from '../../shared/contract/environment.ts';
import type { Cluster } from '../../shared/domain/cluster.ts';
import { clusterLogsPrefix, type BootstrapLog } from '../../shared/domain/cluster-details.ts';
import type { BootstrapLogs } from '../ports/cluster-details.ts';
import { fromAws } from './aws-errors.ts';
import { EMPTY_GZIP_BYTES, tailOfGzip } from './log-tail.ts';
import { S3_SETTINGS, s3Client } from './s3-client.ts';
import { objectsUnder, type ListedObject } from './s3-listing.ts';

export const BOOTSTRAP_LOG_SETTINGS = [...S3_SETTINGS, 'logsBucket'] as const satisfies readonly Setting[];

type BootstrapLogSettings = Readonly<Record<(typeof BOOTSTRAP_LOG_SETTINGS)[number], string>>;

/** Of each stream. */
const MOST = { bytes: 128 * 1024, lines: 2000 };

/** Bytes in S3. Nodes of other clusters may write here too, and a longer log would take longer than a request may. */
const MOST_PACKED = 1_000_000;

/** Streams of an instance: we have one bootstrap action, with three. */
const MOST_STREAMS = 9;

const folderOf = ({ workload: { emrId }, ...cluster }: Cluster): string =>
  `${clusterLogsPrefix(cluster)}${emrId ?? ''}/node/`;

export const s3BootstrapLogs = (
  settings: BootstrapLogSettings,
  client: S3Client = s3Client(settings),
): BootstrapLogs => {
  const Bucket = settings.logsBucket;

  const textOf = async ({ key: Key, size }: ListedObject): Promise<Pick<BootstrapLog, 'text' | 'isWhole'>> => {
    if (size > MOST_PACKED) return { text: '', isWhole: false };
    const { Body } = await fromAws('S3', client.send(new GetObjectCommand({ Bucket, Key })));
    return Body === undefined ? { text: '', isWhole: true } : tailOfGzip(Body as Readable, MOST);
  };

  return {
    async instances(cluster) {
      if (cluster.workload.emrId === null) return [];
      const Prefix = folderOf(cluster);
      // Without what is inside the folders: daemons put a file there every quarter of an hour.
      const list = new ListObjectsV2Command({ Bucket, Prefix, Delimiter: '/' });
      const { CommonPrefixes = [] } = await fromAws('S3', client.send(list));
      const names = CommonPrefixes.map((folder) => folder.Prefix?.slice(Prefix.length, -1) ?? '');
      return names.filter((name) => name.startsWith('i-'));
    },

    async of(cluster, instance) {
      const folder = `${folderOf(cluster)}${instance}/bootstrap-actions/`;
      const found = await objectsUnder(client, Bucket, folder, {
        atMost: MOST_STREAMS,
        keep: (key) => /^\d+\/\w+\.gz$/.test(key.slice(folder.length)),
      });
      const filled = found.filter(({ size }) => size > EMPTY_GZIP_BYTES);
      return Promise.all(
        filled.map(async (object): Promise<BootstrapLog> => {
          const [action = '', file = ''] = object.key.slice(folder.length).split('/');
          const { text, isWhole } = await textOf(object);
          return {
            action: Number(action),
            stream: file.replace(/\.gz$/, ''),
            s3Uri: `s3://${Bucket}/${object.key}`,
            text,
            isWhole,
          };
        }),
      );
    },
  };
};
