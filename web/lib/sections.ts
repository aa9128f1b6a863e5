interface Section {
  readonly to: string;
  readonly text: string;
  /** Paths at which the section is the present one. */
  readonly pages: RegExp;
  /** Absent: for everybody. */
  readonly needs?: string;
}

/** What the header leads to, in its order. */
export const SECTIONS: readonly Section[] = [
  { to: '/', text: 'Dashboard', pages: /^\/$/ },
  { to: '/clusters', text: 'Clusters', pages: /^\/(clusters|new\/cluster)(\/|$)/ },
  { to: '/sessions', text: 'Sessions', pages: /^\/(sessions|new\/session)(\/|$)/ },
  { to: '/spark-jobs', text: 'Spark jobs', pages: /^\/(spark-jobs|deleted-spark-jobs|new\/spark-job)(\/|$)/ },
  { to: '/ssh-keys', text: 'SSH keys', pages: /^\/(ssh-keys|new\/ssh-key)(\/|$)/ },
  { to: '/usage', text: 'Usage', pages: /^\/usage$/ },
  { to: '/admin', text: 'Administration', pages: /^\/admin(\/|$)/, needs: 'administer' },
];
