/** An amount of money with at least two digits, four where it is under a dime: `$0.0412`, `$1.44`. */
export const moneyText = (amount: number, currency: string): string =>
  new Intl.NumberFormat('en-US', {
    style: 'currency',
    currency,
    maximumFractionDigits: amount !== 0 && Math.abs(amount) < 0.1 ? 4 : 2,
  }).format(amount);

/** A size as people say it: `12 kB`, `3.4 MB`, `1.2 GB`. */
export const bytesText = (bytes: number): string => {
  if (bytes < 1000) return `${bytes} B`;
  if (bytes < 1_000_000) return `${Math.round(bytes / 1000)} kB`;
  return bytes < 1_000_000_000 ? `${(bytes / 1_000_000).toFixed(1)} MB` : `${(bytes / 1_000_000_000).toFixed(1)} GB`;
};

/** A number of things: `1 worker`, `12,000 rows`. */
export const countText = (count: number, singular: string, plural = `${singular}s`): string =>
  `${count.toLocaleString('en-US')} ${count === 1 ? singular : plural}`;
