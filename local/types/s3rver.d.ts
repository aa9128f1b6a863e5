declare module '@20minutes/s3rver' {
  import type { RequestListener } from 'node:http';

  namespace S3rver {
    interface Options {
      directory: string;
      silent?: boolean;
      vhostBuckets?: boolean;
      configureBuckets?: { name: string; configs?: string[] }[];
    }
    /** In the shape of S3's event notifications. */
    interface ObjectEvent {
      Records: { eventName: string; s3: { bucket: { name: string }; object: { key: string } } }[];
    }
  }
  class S3rver {
    constructor(options: S3rver.Options);
    configureBuckets(): Promise<void[]>;
    callback(): RequestListener;
    on(event: 'event', listener: (event: S3rver.ObjectEvent) => void): this;
    on(event: 'error', listener: (error: Error) => void): this;
  }
  export default S3rver;
}
