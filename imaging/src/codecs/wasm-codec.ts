import loadJpegLs from '@cornerstonejs/codec-charls/decodewasmjs'
import loadJpeg from '@cornerstonejs/codec-libjpeg-turbo-8bit/decodewasmjs'
import loadJpeg2000 from '@cornerstonejs/codec-openjpeg/decodewasmjs'
import loadHtj2k from '@cornerstonejs/codec-openjph/wasmjs'
import { PictureError } from '../picture-error.ts'

/** The decoders report every step on the console. A new object each time: it becomes the loaded module. */
const quiet = () => ({ print: () => undefined, printErr: () => undefined })

const LOADERS = {
  jpeg: async () => (await loadJpeg(quiet())).JPEGDecoder,
  'jpeg-ls': async () => (await loadJpegLs(quiet())).JpegLSDecoder,
  'jpeg-2000': async () => (await loadJpeg2000(quiet())).J2KDecoder,
  htj2k: async () => (await loadHtj2k(quiet())).HTJ2KDecoder,
}

export type WasmCoding = keyof typeof LOADERS

/** A decoded stream: little endian samples, one byte up to 8 bits, two above. */
export interface WasmPicture {
  width: number
  height: number
  components: number
  bits: number
  isSigned: boolean
  isPlanar: boolean
  bytes: Uint8Array
}

const loaded = new Map<WasmCoding, Promise<new () => WasmDecoder>>()

/**
 * Decodes one compressed frame with a decoder compiled to WebAssembly. The caller checks the size in the stream's
 * header first. A decoder that failed is dropped: its memory may be in any state. Throws PictureError `damaged`.
 */
export async function decodeWithWasm(coding: WasmCoding, bytes: Uint8Array): Promise<WasmPicture> {
  const decoderClass = loaded.get(coding) ?? LOADERS[coding]()
  loaded.set(coding, decoderClass)
  const decoder = new (await decoderClass)()
  try {
    decoder.getEncodedBuffer(bytes.length).set(bytes)
    decoder.decode()
    const { width, height, bitsPerSample, componentCount, isSigned } = decoder.getFrameInfo()
    const size = width * height * componentCount * (bitsPerSample <= 8 ? 1 : 2)
    const decoded = decoder.getDecodedBuffer()
    if (decoded.length < size || bitsPerSample > 16) {
      throw new PictureError('unsupported', `${bitsPerSample} bits in a ${coding} stream`)
    }
    const picture: WasmPicture = {
      width,
      height,
      components: componentCount,
      bits: bitsPerSample,
      isSigned: isSigned === true,
      isPlanar: componentCount > 1 && decoder.getInterleaveMode?.() === 0,
      bytes: decoded.slice(0, size),
    }
    decoder.delete()
    return picture
  } catch (cause) {
    loaded.delete(coding)
    if (cause instanceof PictureError) throw cause
    throw new PictureError('damaged', `the ${coding} stream cannot be decoded`, { cause })
  }
}
