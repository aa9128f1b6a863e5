/** What SDK clients are built with to speak to the local servers. */
export const region = 'us-west-2';
export const credentials = { accessKeyId: 'S3RVER', secretAccessKey: 'S3RVER' };
