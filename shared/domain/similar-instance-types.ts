/**
 * Families of EC2 instance types that can stand in for one another in a fleet: same architecture and vCPUs, and at least
 * the memory of the first, in the order of preference. EMR supports all of them from release 7.0.0 on
 * (ListSupportedInstanceTypes).
 */
const STAND_INS: Readonly<Record<string, readonly string[]>> = {
  m6g: ['m7g', 'm8g', 'r6g', 'r7g'],
  m7g: ['m6g', 'm8g', 'r6g', 'r7g'],
  m8g: ['m7g', 'm6g', 'r7g', 'r6g'],
  m5: ['m6i', 'm7i', 'r5', 'r6i'],
  m6i: ['m5', 'm7i', 'r5', 'r6i'],
  m7i: ['m6i', 'm5', 'r6i', 'r7i'],
  c6g: ['c7g', 'm6g', 'm7g', 'm8g'],
  c7g: ['c6g', 'm7g', 'm6g', 'm8g'],
  c5: ['c6i', 'c7i', 'm5', 'm6i'],
  c6i: ['c5', 'c7i', 'm6i', 'm5'],
  c7i: ['c6i', 'c5', 'm7i', 'm6i'],
  r6g: ['r7g'],
  r7g: ['r6g'],
  r5: ['r6i', 'r7i'],
  r6i: ['r5', 'r7i'],
  r7i: ['r6i', 'r5'],
};

/**
 * The type itself and those that a fleet may take instead where spot capacity of it is short: five at most.
 * @param isOffered whether the Region has the type: EMR refuses a fleet that names one which it has not
 */
export const similarInstanceTypes = (
  instanceType: string,
  isOffered: (instanceType: string) => boolean,
): readonly string[] => {
  const [family = '', size] = instanceType.split('.');
  const others = (STAND_INS[family] ?? []).map((standIn) => `${standIn}.${size}`);
  return [instanceType, ...others.filter(isOffered)];
};
