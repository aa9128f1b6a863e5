import { bundleLambda } from './lambda-bundle.ts';

/** `node infra/bundle-lambda.ts <feature> <directory> <Region>`: a process of its own, because the CDK synthesises without waiting. */
const [feature, directory, region] = process.argv.slice(2);
if (feature === undefined || directory === undefined || region === undefined)
  throw new Error('Name a feature, a directory and a Region.');
await bundleLambda(feature, directory, region);
