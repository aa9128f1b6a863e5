import { bundleLambda } from './lambda-bundle.ts';

/** `node infra/bundle-lambda.ts <feature> <directory>`: a process of its own, because the CDK synthesises without waiting. */
const [feature, directory] = process.argv.slice(2);
if (feature === undefined || directory === undefined) throw new Error('Name a feature and a directory.');
await bundleLambda(feature, directory);
