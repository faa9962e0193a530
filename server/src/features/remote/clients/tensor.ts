import { AppError, type RemoteSettings } from '@vesalius/contracts'
import sharp from 'sharp'
import { z } from 'zod'

/** Tensors of the Open Inference Protocol, version 2, as JSON. Source: kserve/open-inference-protocol, inference_rest.md. */

export const TensorFacts = z.looseObject({
  name: z.string(),
  datatype: z.string(),
  shape: z.array(z.number()).max(8),
})
export type TensorFacts = z.infer<typeof TensorFacts>

export const OutputTensor = TensorFacts.extend({ data: z.array(z.unknown()).max(20_000_000) })
export type OutputTensor = z.infer<typeof OutputTensor>

export interface InputTensor {
  name: string
  shape: number[]
  datatype: string
  data: (number | string)[]
  parameters?: Record<string, unknown>
}

const DEFAULT_SIDE = 640
const MOST_VALUES = 6_000_000
/** Of ImageNet, per channel of 0..1. Source: torchvision's transforms of its own weights. */
const MEAN = [0.485, 0.456, 0.406]
const DEVIATION = [0.229, 0.224, 0.225]

/** A PNG as the model's metadata wants it: its bytes where it takes BYTES, else its pixels, scaled to the model's size. */
export async function toTensor(
  png: Buffer,
  facts: TensorFacts | undefined,
  { scale }: RemoteSettings['tensors'],
): Promise<{ tensor: InputTensor; width: number; height: number }> {
  const whole = await sharp(png).metadata()
  if (!facts || facts.datatype === 'BYTES') {
    const name = facts?.name ?? 'image'
    const isBatched = facts === undefined || facts.shape.length !== 2
    const tensor: InputTensor = {
      ...{ name, shape: isBatched ? [1] : [1, 1], datatype: 'BYTES', data: [png.toString('base64')] },
      parameters: { content_type: 'base64' },
    }
    return { tensor, width: whole.width, height: whole.height }
  }
  const layout = layoutOf(facts)
  const width = layout.width > 0 ? layout.width : DEFAULT_SIDE
  const height = layout.height > 0 ? layout.height : DEFAULT_SIDE
  const { channels, isChannelFirst } = layout
  if (width * height * channels > MOST_VALUES) {
    throw new AppError('OUTGOING_FAILED', `The model wants ${width} × ${height} pixels: too many for JSON.`)
  }
  const coloured = sharp(png)
    .removeAlpha()
    .toColourspace(channels === 1 ? 'b-w' : 'srgb')
  const pixels = await coloured.resize(width, height, { fit: 'fill' }).raw().toBuffer()
  const data: number[] = new Array(pixels.length)
  for (let at = 0; at < pixels.length; at += 1) {
    const channel = at % channels
    const value = scaleOf(pixels[at] ?? 0, channel, scale, facts.datatype)
    data[isChannelFirst ? channel * width * height + Math.floor(at / channels) : at] = value
  }
  const shape = isChannelFirst ? [channels, height, width] : [height, width, channels]
  const isBatched = facts.shape.length === 4
  const tensor = { name: facts.name, datatype: facts.datatype, shape: isBatched ? [1, ...shape] : shape, data }
  return { tensor, width, height }
}

function layoutOf({ name, shape }: TensorFacts) {
  const [a = 0, b = 0, c = 0] = shape.slice(-3)
  if (shape.length === 3 || shape.length === 4) {
    if (a === 3 || a === 1) return { channels: a, height: b, width: c, isChannelFirst: true }
    if (c === 3 || c === 1) return { channels: c, height: a, width: b, isChannelFirst: false }
  }
  throw new AppError('OUTGOING_FAILED', `The input "${name}" of shape [${shape.join(', ')}] is no picture.`)
}

function scaleOf(value: number, channel: number, scale: RemoteSettings['tensors']['scale'], datatype: string): number {
  if (scale === 'raw' || !/^(FP|BF)/.test(datatype)) return value
  const share = value / 255
  return scale === 'unit' ? share : (share - (MEAN[channel] ?? 0.5)) / (DEVIATION[channel] ?? 0.25)
}

/** Its values, flat. Throws AppError where they are no numbers, or not as many as the shape says. */
export function numbersOf({ name, shape, data }: OutputTensor): Float64Array {
  const flat = data.flat(8) as unknown[]
  const expected = shape.reduce((product, side) => product * side, 1)
  const values = Float64Array.from(flat, (value) => (typeof value === 'boolean' ? Number(value) : (value as number)))
  if (flat.length !== expected || values.some((value) => !Number.isFinite(value))) {
    throw new AppError('OUTGOING_FAILED', `The output "${name}" is not as many numbers as its shape says.`)
  }
  return values
}
