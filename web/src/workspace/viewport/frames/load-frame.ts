import { type FrameFacts, type Image, routes } from '@vesalius/contracts'
import { SAMPLE_ARRAYS } from '@vesalius/imaging'
import { call, urlOf } from '../../../api/call.ts'
import { ApiProblem } from '../../../api/problem.ts'
import { fileUrl } from '../../../features/images/image-queries.ts'
import { frameOfBitmap, frameOfSamples, type LoadedFrame } from './loaded-frame.ts'

/** Formats a browser decodes by itself. */
const DECODABLE = new Set(['png', 'jpg', 'jpeg', 'webp', 'gif', 'bmp', 'avif'])

const isBrowserDecoded = ({ type, bitDepth, frames }: Image) => DECODABLE.has(type) && bitDepth <= 8 && frames === 1

/** Fetches and decodes one frame at full depth. Throws when it cannot be shown; AbortError when it is not wanted any more. */
export async function loadFrame(image: Image, frame: number, signal: AbortSignal): Promise<LoadedFrame> {
  if (isBrowserDecoded(image)) {
    const bitmap = await decodeInBrowser(image, signal)
    if (bitmap) return frameOfBitmap(image.id, bitmap, image.channels === 1)
  }
  const params = { imageId: image.id }
  const [facts, bytes] = await Promise.all([
    call(routes.getImageFrames, { params, signal }),
    fetchBytes(urlOf(routes.getImagePixels, { params, query: { frame } }), signal),
  ])
  return frameOfSamples(image.id, frame, facts, samplesFrom(await bytes.arrayBuffer(), facts))
}

/** Null where the browser cannot decode the file, or sees another size than the server does. */
async function decodeInBrowser({ id, width, height }: Image, signal: AbortSignal): Promise<ImageBitmap | null> {
  const file = await (await fetchBytes(fileUrl(id), signal)).blob()
  const bitmap = await decodePicture(file).catch(() => null)
  if (!bitmap || (bitmap.width === width && bitmap.height === height)) return bitmap
  bitmap.close()
  return null
}

/** Decodes without changing a sample: no colours are converted, none is multiplied by its alpha. */
export const decodePicture = (file: Blob): Promise<ImageBitmap> =>
  createImageBitmap(file, { colorSpaceConversion: 'none', premultiplyAlpha: 'none' })

export const decodeUrl = async (url: string, signal: AbortSignal): Promise<ImageBitmap> =>
  decodePicture(await (await fetchBytes(url, signal)).blob())

export async function fetchBytes(url: string, signal: AbortSignal): Promise<Response> {
  const response = await fetch(url, { credentials: 'same-origin', signal })
  if (!response.ok) throw new ApiProblem('INTERNAL', response.status)
  return response
}

/** Samples come little endian, as every machine with a browser has them. */
function samplesFrom(buffer: ArrayBuffer, { sampleType }: FrameFacts) {
  return new SAMPLE_ARRAYS[sampleType](buffer)
}
