/** Width and height in pixels. */
export interface Size {
  width: number
  height: number
}

/** A picture as the network sees it: [row, column, channel] uint8. */
export interface SeenPicture extends Size {
  pixels: Uint8Array
  channels: 1 | 3
}

/** The size of a picture as the network sees it. */
export function seenSize({ width, height }: Size, scale: number): Size {
  return { width: Math.max(1, Math.round(width * scale)), height: Math.max(1, Math.round(height * scale)) }
}
