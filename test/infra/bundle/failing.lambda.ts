/** Fails on its second line of code. */
export const handler = async (): Promise<never> => {
  throw new TypeError('as it must');
};
