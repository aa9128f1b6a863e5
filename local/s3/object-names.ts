import S3Error from '@20minutes/s3rver/lib/models/error.js';

/** What a file system takes for one name, less what s3rver appends. */
const LONGEST_PART = 200;
const LONGEST_KEY = 1024;

interface Store {
  getResourcePath(bucket: string, key: string | undefined, resource: string): string;
}

/** Lets s3rver's store keep to its own folder: every path that it makes of a key is checked first. */
export const confineStore = (store: Store): void => {
  const pathOf = store.getResourcePath.bind(store);
  store.getResourcePath = (bucket, key, resource) => {
    checkKey(key ?? '');
    return pathOf(bucket, key, resource);
  };
};

/** @throws S3Error where a file system would read the key as another one */
const checkKey = (key: string): void => {
  const parts = key.split('/');
  if (Buffer.byteLength(key) > LONGEST_KEY || parts.some((part) => Buffer.byteLength(part) > LONGEST_PART)) {
    throw new S3Error('KeyTooLongError', 'Your key is too long.');
  }
  if (parts.some((part) => part === '.' || part === '..' || part.includes('._S3rver_')) || key.includes('\0')) {
    throw new S3Error(
      'InvalidArgument',
      'The local S3 keeps no keys with the parts "." or "..", as they are file names here.',
    );
  }
};
