/** The picture formats we take, named by the extension their files get. */
export const PICTURE_FORMATS = ['png', 'jpg', 'webp', 'gif', 'tif', 'bmp', 'dcm'] as const
export type PictureFormat = (typeof PICTURE_FORMATS)[number]

export const MEDIA_TYPES: Readonly<Record<PictureFormat, string>> = {
  png: 'image/png',
  jpg: 'image/jpeg',
  webp: 'image/webp',
  gif: 'image/gif',
  tif: 'image/tiff',
  bmp: 'image/bmp',
  dcm: 'application/dicom',
}

export function mediaTypeOf(type: string): string {
  return (MEDIA_TYPES as Record<string, string>)[type] ?? 'application/octet-stream'
}
