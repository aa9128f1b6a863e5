import { RASTER_TYPES, rasterImage } from './raster-image.ts';

const URL_FUNCTION = /url\(\s*["']?([^"')]*)/gi;

const isLoadable = (address: string): boolean => {
  const type = RASTER_TYPES.find((each) => address.startsWith(`data:${each};base64,`));
  return type !== undefined && 'address' in rasterImage(type, address.slice(`data:${type};base64,`.length));
};

/** The id that an address within the document names; null where it is written so that it could be another one. */
const idIn = (address: string): string | null =>
  address.startsWith('#') && !address.includes('%') ? address.slice(1) : null;

/**
 * The ids that an element's attributes refer to; null where one of them cannot be followed here but could be by a
 * browser: another document within it, or a name written in escapes.
 */
export const referencesIn = (attributes: Readonly<Record<string, string>>): readonly string[] | null => {
  const ids: (string | null)[] = [];
  for (const [name, value] of Object.entries(attributes)) {
    const address = value.trim();
    // Addresses elsewhere are not loaded by an image, and raster images are what they are.
    if (/(^|:)href$/i.test(name)) {
      if (!/^https?:/i.test(address) && !isLoadable(address)) ids.push(idIn(address));
    } else if (value.includes('\\')) ids.push(null);
    else ids.push(...Array.from(value.matchAll(URL_FUNCTION), ([, within = '']) => idIn(within.trim())));
  }
  return ids.every((id) => id !== null) ? ids : null;
};
