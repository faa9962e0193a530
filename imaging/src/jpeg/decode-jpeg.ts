import { PictureError } from '../picture-error.ts'
import { BitReader, buildHuffmanTable, type HuffmanTable } from './huffman.ts'
import {
  type JpegComponent,
  type JpegFrameHeader,
  type JpegSegment,
  nextSegment,
  readJpegHeader,
} from './jpeg-header.ts'
import { decodeLosslessScan } from './lossless-scan.ts'
import { decodeSequentialScan } from './sequential-scan.ts'

/** What a scan decodes with. */
export interface ScanContext {
  header: JpegFrameHeader
  components: { component: JpegComponent; plane: number; dc: HuffmanTable; ac: HuffmanTable | null }[]
  quantTables: (Uint16Array | undefined)[]
  restartInterval: number
  /** Predictor of a lossless scan, 1..7. */
  predictor: number
  pointTransform: number
  bits: BitReader
}

/**
 * Decodes lossless (2..16 bits) and sequential (8 or 12 bits) Huffman JPEG to one plane per component: the kinds that
 * medicine uses and the common decoders lack. `[row, column]` each, uint16, 0..2^precision-1; components stay as coded
 * (no colour conversion) and must not be subsampled. The caller checks the size in `readJpegHeader` first.
 * Throws PictureError. Source: ITU-T T.81 annexes B, F.2, H.
 */
export function decodeJpeg(bytes: Uint8Array): { header: JpegFrameHeader; planes: Uint16Array[] } {
  const header = readJpegHeader(bytes)
  checkSupported(header)
  const planes = header.components.map(() => new Uint16Array(header.width * header.height))
  const tables: HuffmanTable[] = []
  const quantTables: Uint16Array[] = []
  let restartInterval = 0
  let seen = 0
  for (let segment = nextSegment(bytes, 2); segment; ) {
    const { marker, content } = segment
    let end = segment.end
    if (marker === 0xc4) readHuffmanTables(content, tables)
    else if (marker === 0xdb) readQuantTables(content, quantTables)
    else if (marker === 0xdd) restartInterval = ((content[0] ?? 0) << 8) | (content[1] ?? 0)
    else if (marker === 0xda) {
      const context = prepareScan(segment, bytes, { header, tables, quantTables, restartInterval })
      if (header.process === 3) decodeLosslessScan(context, planes)
      else decodeSequentialScan(context, planes)
      seen += context.components.length
      end = context.bits.position
    }
    segment = seen < planes.length ? nextSegment(bytes, end) : null
  }
  if (seen < planes.length) throw new PictureError('damaged', 'the JPEG stream lacks a component')
  return { header, planes }
}

function checkSupported({ process, precision, components }: JpegFrameHeader): void {
  const isLossless = process === 3 && precision >= 2 && precision <= 16
  const isSequential = (process === 0 || process === 1) && (precision === 8 || precision === 12)
  if (!isLossless && !isSequential) {
    throw new PictureError('unsupported', `JPEG process ${process} with ${precision} bits`)
  }
  const [first] = components
  const isSubsampled = components.some(
    ({ horizontal, vertical }) => horizontal !== first?.horizontal || vertical !== first?.vertical,
  )
  if (isSubsampled) throw new PictureError('unsupported', `subsampled colour with ${precision} bits`)
}

type Tables = Pick<ScanContext, 'header' | 'restartInterval'> & { tables: HuffmanTable[]; quantTables: Uint16Array[] }

function prepareScan(segment: JpegSegment, bytes: Uint8Array, state: Tables): ScanContext {
  const { content } = segment
  const count = content[0] ?? 0
  if (content.length < 4 + count * 2) throw new PictureError('damaged', 'a JPEG scan header is short')
  const isLossless = state.header.process === 3
  const components = Array.from({ length: count }, (_, index) => {
    const [id, selectors = 0] = content.subarray(1 + index * 2)
    const plane = state.header.components.findIndex((component) => component.id === id)
    const component = state.header.components[plane]
    const dc = state.tables[selectors >> 4]
    const ac = isLossless ? null : state.tables[16 + (selectors & 15)]
    if (!component || !dc || ac === undefined) throw new PictureError('damaged', 'a JPEG scan names no known table')
    return { component, plane, dc, ac }
  })
  const [predictor = 0, , shifts = 0] = content.subarray(1 + count * 2)
  return {
    header: state.header,
    components,
    quantTables: state.quantTables,
    restartInterval: state.restartInterval,
    predictor,
    pointTransform: shifts & 15,
    bits: new BitReader(bytes, segment.end),
  }
}

function readHuffmanTables(content: Uint8Array, tables: HuffmanTable[]): void {
  for (let at = 0; at + 17 <= content.length; ) {
    const kind = content[at] ?? 0
    const counts = content.subarray(at + 1, at + 17)
    const length = counts.reduce((sum, count) => sum + count, 0)
    tables[(kind >> 4) * 16 + (kind & 15)] = buildHuffmanTable(counts, content.subarray(at + 17, at + 17 + length))
    at += 17 + length
  }
}

function readQuantTables(content: Uint8Array, tables: Uint16Array[]): void {
  for (let at = 0; at < content.length; ) {
    const kind = content[at] ?? 0
    const size = kind >> 4 === 0 ? 1 : 2
    if (at + 1 + 64 * size > content.length) throw new PictureError('damaged', 'a JPEG quantisation table is short')
    tables[kind & 15] = Uint16Array.from({ length: 64 }, (_, index) => {
      const place = at + 1 + index * size
      return size === 1 ? (content[place] ?? 0) : (content[place] ?? 0) * 256 + (content[place + 1] ?? 0)
    })
    at += 1 + 64 * size
  }
}
