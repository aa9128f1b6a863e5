const DURATION = /^P(?=\d|T\d)(?:(\d+)W)?(?:(\d+)D)?(?:T(?=\d)(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d+)?)S)?)?$/;
const SECONDS = [604_800, 86_400, 3600, 60, 1];

/**
 * Reads an ISO 8601 duration. Years and months are no fixed time and are not read.
 * @returns milliseconds, or null where the text is no such duration
 */
export const parseDuration = (text: string): number | null => {
  const parts = DURATION.exec(text)?.slice(1);
  if (parts === undefined) return null;
  return parts.reduce((total, part, index) => total + Number(part ?? 0) * (SECONDS[index] ?? 0) * 1000, 0);
};
