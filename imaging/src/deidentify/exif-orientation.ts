const ORIENTATION = 0x0112
const ENTRY = 12

/** Orientation (2..8) stated in a TIFF-formed EXIF block, or null for upright, absent or unreadable. */
export function readOrientation(exif: Uint8Array): number | null {
  if (exif.length < 8) return null
  const view = new DataView(exif.buffer, exif.byteOffset, exif.byteLength)
  const isLittle = view.getUint16(0) === 0x4949
  const start = view.getUint32(4, isLittle)
  if (start + 2 > exif.length) return null
  const count = view.getUint16(start, isLittle)
  for (let index = 0; index < count; index += 1) {
    const at = start + 2 + index * ENTRY
    if (at + ENTRY > exif.length) return null
    if (view.getUint16(at, isLittle) !== ORIENTATION) continue
    const value = view.getUint16(at + 8, isLittle)
    return value >= 2 && value <= 8 ? value : null
  }
  return null
}

/** An EXIF block that states an orientation and nothing else. Source: TIFF 6.0, CIPA DC-008. */
export function writeOrientation(orientation: number): Uint8Array {
  return Uint8Array.of(
    ...[0x4d, 0x4d, 0, 42, 0, 0, 0, 8],
    ...[0, 1, 1, 0x12, 0, 3, 0, 0, 0, 1, 0, orientation, 0, 0],
    ...[0, 0, 0, 0],
  )
}
