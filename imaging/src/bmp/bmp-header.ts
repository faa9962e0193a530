/** Why a bitmap was not read: `damaged`, an `unsupported` variant, or `too-large`. */
export class BmpError extends Error {
  readonly kind: 'damaged' | 'unsupported' | 'too-large'

  constructor(kind: BmpError['kind'], message: string) {
    super(message)
    this.name = 'BmpError'
    this.kind = kind
  }
}

export interface BmpHeader {
  width: number
  height: number
  isTopDown: boolean
  bitsPerPixel: 1 | 4 | 8 | 16 | 24 | 32
  pixelOffset: number
  /** Bit masks of red, green and blue in a pixel of 16, 24 or 32 bits. */
  masks: [number, number, number]
  /** Red, green, blue of each index, for 1, 4 and 8 bits; otherwise null. */
  palette: [number, number, number][] | null
}

const FILE_HEADER = 14
const CORE_HEADER = 12
const INFO_HEADER = 40
const HEADER_SIZES = [CORE_HEADER, INFO_HEADER, 52, 56, 64, 108, 124]
const UNCOMPRESSED = 0
const BIT_FIELDS = 3

/** Reads and checks everything before the pixels. Throws BmpError. */
export function readBmpHeader(bytes: Uint8Array): BmpHeader {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  if (bytes.length < FILE_HEADER + CORE_HEADER) throw new BmpError('damaged', 'the header ends early')
  if (view.getUint16(0, true) !== 0x4d42) throw new BmpError('damaged', 'no bitmap signature')
  const pixelOffset = view.getUint32(10, true)
  const headerSize = view.getUint32(14, true)
  if (!HEADER_SIZES.includes(headerSize)) throw new BmpError('unsupported', `header of ${headerSize} bytes`)
  if (bytes.length < FILE_HEADER + headerSize) throw new BmpError('damaged', 'the header ends early')
  const isCore = headerSize === CORE_HEADER
  const width = isCore ? view.getUint16(18, true) : view.getInt32(18, true)
  const signedHeight = isCore ? view.getUint16(20, true) : view.getInt32(22, true)
  const bitsPerPixel = view.getUint16(isCore ? 24 : 28, true)
  const compression = isCore ? UNCOMPRESSED : view.getUint32(30, true)
  if (width <= 0 || signedHeight === 0) throw new BmpError('damaged', `size ${width} × ${signedHeight}`)
  if (compression !== UNCOMPRESSED && compression !== BIT_FIELDS) {
    throw new BmpError('unsupported', `compression ${compression}`)
  }
  if (!isKnownDepth(bitsPerPixel)) throw new BmpError('unsupported', `${bitsPerPixel} bits a pixel`)
  const hasFields = compression === BIT_FIELDS
  const paletteOffset = FILE_HEADER + headerSize + (hasFields && headerSize === INFO_HEADER ? 12 : 0)
  if (pixelOffset < paletteOffset || pixelOffset > bytes.length) throw new BmpError('damaged', 'no pixels')
  return {
    width,
    height: Math.abs(signedHeight),
    isTopDown: signedHeight < 0,
    bitsPerPixel,
    pixelOffset,
    masks: hasFields ? readMasks(view) : bitsPerPixel === 16 ? [0x7c00, 0x3e0, 0x1f] : [0xff0000, 0xff00, 0xff],
    palette: bitsPerPixel <= 8 ? readPalette(view, { bitsPerPixel, isCore, paletteOffset, pixelOffset }) : null,
  }
}

function isKnownDepth(bits: number): bits is BmpHeader['bitsPerPixel'] {
  return [1, 4, 8, 16, 24, 32].includes(bits)
}

function readMasks(view: DataView): [number, number, number] {
  const start = FILE_HEADER + INFO_HEADER
  if (view.byteLength < start + 12) throw new BmpError('damaged', 'colour masks are missing')
  return [view.getUint32(start, true), view.getUint32(start + 4, true), view.getUint32(start + 8, true)]
}

function readPalette(
  view: DataView,
  place: { bitsPerPixel: number; isCore: boolean; paletteOffset: number; pixelOffset: number },
): [number, number, number][] {
  const entrySize = place.isCore ? 3 : 4
  const told = place.isCore ? 0 : view.getUint32(46, true)
  const wanted = told === 0 ? 2 ** place.bitsPerPixel : Math.min(told, 2 ** place.bitsPerPixel)
  const room = Math.floor((place.pixelOffset - place.paletteOffset) / entrySize)
  return Array.from({ length: Math.min(wanted, room) }, (_, index) => {
    const at = place.paletteOffset + index * entrySize
    return [view.getUint8(at + 2), view.getUint8(at + 1), view.getUint8(at)]
  })
}
