/** The fences of the house: who may import whom. CONTRIBUTING.md says why. */
const fence = (name, comment, from, to) => ({ name, comment, severity: 'error', from, to });

const onlyTo = (folder, allowed) =>
  fence(
    `${folder}-imports-only-${allowed.join('-and-') || 'itself'}`,
    `${folder}/ may import ${['itself', ...allowed].join(', ')} and nothing else of ours`,
    { path: `^${folder}/` },
    { path: '^(shared|functions|infra|web|local|emr|test|bench)/', pathNot: `^(${[folder, ...allowed].join('|')})/` },
  );

export default {
  forbidden: [
    fence('no-cycles', 'Nothing imports itself in a circle', {}, { circular: true }),
    fence('no-unresolvable', 'Every import exists', {}, { couldNotResolve: true, pathNot: '\\?(raw|url|worker)$' }),
    onlyTo('shared', []),
    // The cluster configurations are data that the launch sends to EMR.
    onlyTo('functions', ['shared', 'emr/.*[.]json$|emr']),
    onlyTo('infra', ['shared']),
    onlyTo('web', ['shared']),
    onlyTo('local', ['shared', 'functions']),
    fence(
      'emr-is-data-for-functions',
      'What runs on the cluster is Python and shell; functions only read its JSON',
      { path: '^functions/' },
      { path: '^emr/', pathNot: '[.]json$' },
    ),
    fence('shared-is-pure', 'shared/ knows no Node, no AWS', { path: '^shared/' }, { dependencyTypes: ['core'] }),
    fence(
      'shared-libraries',
      'shared/ runs in Lambda and in the browser: only libraries that do too',
      { path: '^shared/' },
      { path: 'node_modules', pathNot: 'node_modules/(zod|croner)/' },
    ),
    fence(
      'aws-sdk-in-adapters',
      'Use cases speak to ports; only adapters know the SDK',
      { path: '^(functions|web)/', pathNot: '^functions/adapters/' },
      { path: 'node_modules/(@aws-sdk|@smithy|dynamodb-toolbox|sshpk)/' },
    ),
    fence(
      'cdk-in-infra',
      'Only infra/ knows the CDK',
      { path: '^(shared|functions|web|local)/' },
      { path: 'node_modules/(aws-cdk-lib|constructs|cdk-nag)/' },
    ),
    fence(
      'react-in-web',
      'Only web/ knows React',
      { path: '^(shared|functions|infra|local)/' },
      { path: 'node_modules/(react|react-dom|@cloudscape-design)/' },
    ),
    fence(
      'tests-are-not-imported',
      'Product code never imports tests',
      { path: '^(shared|functions|infra|web|local)/' },
      { path: '^test/' },
    ),
  ],
  options: {
    parser: 'swc',
    tsPreCompilationDeps: true,
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(^|/)(dist|cdk\\.out|\\.local)/' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'module', 'node', 'default', 'types'],
    },
  },
};
