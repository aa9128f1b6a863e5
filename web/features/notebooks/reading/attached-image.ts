import { lines } from './merged-outputs.ts';
import { RASTER_TYPES, rasterImage, type RasterType, type ShownImage } from './raster-image.ts';
import { svgImage } from './svg-image.ts';

type Attachments = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

const isRaster = (type: string): type is RasterType => (RASTER_TYPES as readonly string[]).includes(type);

const addressOf = (image: ShownImage): string | null => ('address' in image ? image.address : null);

const decoded = (name: string): string => {
  try {
    return decodeURIComponent(name);
  } catch {
    return name;
  }
};

const DATA = /^data:(image\/[a-z]+);base64,/;

/** The address of an image that is in the notebook itself: attached to its cell, or written into its text. */
export const attachedImage = (address: string, attachments: Attachments): string | null => {
  const [prefix, type = ''] = DATA.exec(address) ?? [];
  if (prefix !== undefined) return isRaster(type) ? addressOf(rasterImage(type, address.slice(prefix.length))) : null;
  if (!address.startsWith('attachment:')) return null;
  const name = decoded(address.slice('attachment:'.length));
  const attachment = Object.hasOwn(attachments, name) ? attachments[name] : undefined;
  for (const [attached, data] of Object.entries(attachment ?? {})) {
    const content = lines.safeParse(data).data;
    if (content !== undefined && isRaster(attached)) return addressOf(rasterImage(attached, content));
    if (content !== undefined && attached === 'image/svg+xml') return addressOf(svgImage(content));
  }
  return null;
};
