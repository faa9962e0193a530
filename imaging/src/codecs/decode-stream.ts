import { decodeJpeg } from '../jpeg/decode-jpeg.ts'
import { readJpegHeader } from '../jpeg/jpeg-header.ts'
import { PictureError } from '../picture-error.ts'
import { readJpeg2000Size, readJpegSize, type StreamSize } from './stream-size.ts'
import { decodeWithWasm, type WasmCoding } from './wasm-codec.ts'

/** One compressed frame, decoded: samples `[pixel, component]`. */
export interface DecodedStream {
  samples: Uint8Array | Uint16Array | Int8Array | Int16Array
  isSigned: boolean
  /** The decoder already turned luma and colour differences into red, green, blue. */
  isRgb: boolean
}

/** Decodes one frame whose size must be as expected. Throws PictureError. */
export async function decodeStream(
  coding: WasmCoding,
  bytes: Uint8Array,
  expected: StreamSize,
): Promise<DecodedStream> {
  const stated = coding === 'jpeg' || coding === 'jpeg-ls' ? readJpegSize(bytes) : readJpeg2000Size(bytes)
  const isAsExpected =
    stated.width === expected.width && stated.height === expected.height && stated.components === expected.components
  if (!isAsExpected) {
    throw new PictureError('damaged', `a frame of ${name(stated)} where ${name(expected)} is stated`)
  }
  if (coding === 'jpeg' && !isForCommonDecoder(bytes)) {
    const { planes, header } = decodeJpeg(bytes)
    const samples = interleavePlanes(planes, header.precision)
    return { samples, isSigned: false, isRgb: false }
  }
  const picture = await decodeWithWasm(coding, bytes)
  const isWide = picture.bits > 8
  const { buffer } = picture.bytes
  const samples = picture.isSigned
    ? new (isWide ? Int16Array : Int8Array)(buffer as ArrayBuffer)
    : new (isWide ? Uint16Array : Uint8Array)(buffer as ArrayBuffer)
  return {
    samples: picture.isPlanar ? interleaveSamples(samples, picture.components) : samples,
    isSigned: picture.isSigned,
    isRgb: coding === 'jpeg',
  }
}

/** Progressive and sequential streams of 8 bits. */
function isForCommonDecoder(bytes: Uint8Array): boolean {
  const { process, precision } = readJpegHeader(bytes)
  return process <= 2 && precision === 8
}

function interleavePlanes(planes: Uint16Array[], precision: number): Uint8Array | Uint16Array {
  const length = planes.reduce((sum, plane) => sum + plane.length, 0)
  const samples = new (precision <= 8 ? Uint8Array : Uint16Array)(length)
  planes.forEach((plane, component) => {
    for (let pixel = 0; pixel < plane.length; pixel += 1) {
      samples[pixel * planes.length + component] = plane[pixel] ?? 0
    }
  })
  return samples
}

function interleaveSamples<Kind extends DecodedStream['samples']>(planar: Kind, components: number): Kind {
  const output = planar.slice() as Kind
  const pixels = planar.length / components
  for (let at = 0; at < planar.length; at += 1) {
    output[(at % pixels) * components + Math.floor(at / pixels)] = planar[at] ?? 0
  }
  return output
}

const name = ({ width, height, components }: StreamSize) => `${width} × ${height} × ${components}`
