import type S3rver from '@20minutes/s3rver';

/** Finds common prefixes whose objects all lie deeper than the next folder, which s3rver leaves out. */
export const findDeepPrefixes = (store: Pick<S3rver['store'], 'listObjects'>): void => {
  const list = store.listObjects.bind(store);
  store.listObjects = async (bucket, options) => {
    const { delimiter = '', prefix = '', maxKeys = Number.POSITIVE_INFINITY } = options;
    if (delimiter === '') return list(bucket, options);
    const all = await list(bucket, { ...options, delimiter: undefined, maxKeys: undefined });
    const ends = all.objects.map(({ key }) => key.indexOf(delimiter, prefix.length));
    const direct = all.objects.filter((_, index) => ends[index] === -1);
    const prefixes = all.objects.flatMap(({ key }, index) => {
      const end = ends[index] ?? -1;
      return end === -1 ? [] : [key.slice(0, end + delimiter.length)];
    });
    return {
      objects: direct.slice(0, maxKeys),
      commonPrefixes: [...new Set(prefixes)],
      isTruncated: direct.length > maxKeys,
    };
  };
};
