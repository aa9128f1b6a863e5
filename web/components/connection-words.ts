/** What PySpark clients of another version can do, as `test/spark/other-clients.test.ts` sees it. */
export const otherClients = (sparkVersion: string): string =>
  sparkVersion.startsWith('3.')
    ? 'A client of Spark 4 connects too, but spark.sql(), createDataFrame() and functions in Python fail with it.'
    : 'A client of Spark 3.5 works, too.';
