/** How the bytes of a data set are laid out. */
export interface Encoding {
  isExplicit: boolean
  isLittleEndian: boolean
}

/** One attribute. Exactly one of the three holds its content; `vr` is `UN` where the file does not tell it. */
export interface DicomElement {
  tag: number
  vr: string
  /** Raw bytes, in the byte order of the data set. */
  value: Uint8Array
  /** Items of a sequence. */
  items?: DataSet[]
  /** Encapsulated pixel data: the offset table first, then the fragments. */
  fragments?: Uint8Array[]
}

/** Attributes by tag, ascending as in the file. Values are read by what the caller expects, as implicit files need. */
export class DataSet {
  readonly encoding: Encoding
  readonly elements = new Map<number, DicomElement>()

  constructor(encoding: Encoding) {
    this.encoding = encoding
  }

  bytes(tag: number): Uint8Array | null {
    const value = this.elements.get(tag)?.value
    return value && value.length > 0 ? value : null
  }

  items(tag: number): DataSet[] {
    return this.elements.get(tag)?.items ?? []
  }

  /** Text without padding; null when absent or empty. */
  text(tag: number): string | null {
    const bytes = this.bytes(tag)
    if (!bytes) return null
    let end = bytes.length
    while (end > 0 && (bytes[end - 1] === 0x20 || bytes[end - 1] === 0)) end -= 1
    const text = String.fromCharCode(...bytes.subarray(0, Math.min(end, 4096))).trim()
    return text === '' ? null : text
  }

  /** Numbers written as text (VR DS, IS), or null when absent or any is not a finite number. */
  decimals(tag: number): number[] | null {
    const parts = this.text(tag)?.split('\\')
    const numbers = parts?.map((part) => (part.trim() === '' ? Number.NaN : Number(part)))
    return numbers?.every(Number.isFinite) ? numbers : null
  }

  /** Whole numbers of 16 bits (VR US, or SS when `isSigned`). */
  words(tag: number, isSigned = false): number[] | null {
    const bytes = this.bytes(tag)
    if (!bytes || bytes.length < 2) return null
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
    const little = this.encoding.isLittleEndian
    return Array.from({ length: bytes.length >> 1 }, (_, index) =>
      isSigned ? view.getInt16(index * 2, little) : view.getUint16(index * 2, little),
    )
  }

  word(tag: number): number | null {
    return this.words(tag)?.[0] ?? null
  }
}
