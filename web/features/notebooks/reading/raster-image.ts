import { imageSize } from 'image-size';

import { MAX_IMAGE_BYTES, MAX_IMAGE_PIXELS } from '../../../lib/viewer-bounds.ts';

/** Formats that hold pixels and nothing else. */
export const RASTER_TYPES = ['image/png', 'image/jpeg', 'image/gif', 'image/webp'] as const;

export type RasterType = (typeof RASTER_TYPES)[number];

/** The address of an image that can be shown, or why it cannot. */
export type ShownImage = { readonly address: string } | { readonly refusal: string };

const bytesOf = (base64: string): Uint8Array | null => {
  try {
    return Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
  } catch {
    return null;
  }
};

/** Its size is in its first bytes; to unpack it in order to find out would be too late. */
const pixelsOf = (bytes: Uint8Array): number => {
  try {
    const { width, height } = imageSize(bytes);
    return width * height;
  } catch {
    return 0;
  }
};

export const rasterImage = (type: RasterType, data: string): ShownImage => {
  if (data.length * 0.75 > MAX_IMAGE_BYTES)
    return { refusal: `an image of more than ${MAX_IMAGE_BYTES / 1_000_000} MB` };
  const base64 = data.replaceAll(/\s/g, '');
  const bytes = bytesOf(base64);
  const pixels = bytes === null ? 0 : pixelsOf(bytes);
  if (pixels === 0) return { refusal: 'an image that cannot be read' };
  if (pixels > MAX_IMAGE_PIXELS) return { refusal: `an image of ${Math.round(pixels / 1_000_000)} megapixels` };
  return { address: `data:${type};base64,${base64}` };
};
