import { type RemotePrediction, taskTypeOf } from '@vesalius/contracts'
import { readNifti, readPng } from '@vesalius/formats'
import { z } from 'zod'
import type { ImageRow, ProjectRow } from '../../../db/tables.ts'
import { openSentPicture, readSentPicture } from '../remote-picture.ts'
import { callServer, modelPath, shown, unusable } from './call-server.ts'
import { masksOf } from './class-map.ts'
import type { Client } from './client.ts'

const Labels = z.union([z.record(z.string(), z.unknown()), z.array(z.string())]).nullish()
const Info = z.looseObject({
  models: z.record(z.string(), z.looseObject({ type: z.string().nullish(), labels: Labels })),
})
const Params = z.looseObject({
  box: z.array(z.array(z.number()).length(4)).nullish(),
  label: z.array(z.number()).nullish(),
  label_scores: z.array(z.number()).nullish(),
  prediction: z.unknown(),
  probabilities: z.unknown(),
})

/** MONAI Label: `/info/` says what models are there, `/infer/{model}` takes a file and answers a mask or numbers. */
export const monai: Client = {
  async ask(parts, question) {
    const { project, image, frame, server } = question
    const name = server.settings.model ?? ''
    const info = (await callServer(parts, question, '/info/')).json()
    const parsed = Info.safeParse(info)
    if (!parsed.success) throw unusable('/info/ names no models', info)
    const model = parsed.data.models[name]
    if (!model) throw unusable(`it has no model "${name}", but ${Object.keys(parsed.data.models).join(', ')}`, info)
    const isSegmentation = taskTypeOf(project.task_type).family === 'segmentation'
    const png = await readSentPicture(await openSentPicture(parts, image, { picture: 'png', frame }))
    const form = new FormData()
    form.set('params', JSON.stringify({ result_extension: '.png', result_dtype: 'uint8', result_compress: false }))
    form.set('file', new File([Uint8Array.from(png)], 'image.png', { type: 'image/png' }))
    const encoded = new Response(form)
    const path = `/infer/${modelPath(name)}?output=${isSegmentation ? 'image' : 'json'}`
    const answer = await callServer(parts, question, path, {
      body: new Uint8Array(await encoded.arrayBuffer()),
      mediaType: encoded.headers.get('content-type') ?? '',
    })
    const places = placesOf(model.labels, project.classes)
    const prediction = isSegmentation
      ? readMask(answer.bytes, { project, image, places })
      : readParams(answer.json(), project, places)
    const said = isSegmentation ? `${answer.mediaType}, ${answer.bytes.length} B` : answer.bytes.toString('utf8')
    return { answer: { predictions: [prediction], model: { name: name.slice(0, 120) } }, said: shown(said) }
  },
}

type Places = ReadonlyMap<number, number>

/** Which number of the model stands for which class of the project; without names they count alike, 0 being nothing. */
function placesOf(labels: z.infer<typeof Labels>, classes: readonly string[]): Places {
  const entries: [string, number][] = Array.isArray(labels)
    ? labels.map((label, index) => [label, index + 1])
    : Object.entries(labels ?? {}).flatMap(([label, number]) =>
        typeof number === 'number' ? [[label, number] as [string, number]] : [],
      )
  const lower = classes.map((one) => one.toLowerCase())
  const known = entries.flatMap(([label, number]): [number, number][] => {
    const place = lower.indexOf(label.toLowerCase())
    return place < 0 ? [] : [[number, place]]
  })
  return new Map(known.length > 0 ? known : classes.map((_, index) => [index + 1, index]))
}

interface MaskPlace {
  project: ProjectRow
  image: ImageRow
  places: Places
}

function readMask(bytes: Buffer, { project, image, places }: MaskPlace): RemotePrediction {
  const map = bytes[0] === 0x89 ? openPng(bytes) : openVolume(bytes)
  const isTransposed = map.width === image.height && map.height === image.width && map.width !== map.height
  const at = (x: number, y: number) => places.get(isTransposed ? map.at(y, x) : map.at(x, y)) ?? -1
  const [width, height] = isTransposed ? [map.height, map.width] : [map.width, map.height]
  return masksOf({ width, height, at }, image, project.classes.length)
}

function openPng(bytes: Buffer) {
  const { width, height, values } = readOrRefuse(() => readPng(bytes), 'the mask is no PNG that can be read')
  return { width, height, at: (x: number, y: number) => values[y * width + x] ?? 0 }
}

function openVolume(bytes: Buffer) {
  const volume = readOrRefuse(() => readNifti(bytes), 'the mask is neither PNG nor NIfTI')
  const [width, height] = volume.shape
  return { width, height, at: (x: number, y: number) => volume.at(y * width + x) }
}

function readOrRefuse<Value>(read: () => Value, reason: string): Value {
  try {
    return read()
  } catch {
    throw unusable(reason, '')
  }
}

function readParams(answer: unknown, { task_type, classes }: ProjectRow, places: Places): RemotePrediction {
  const nested = (answer as { params?: unknown } | null)?.params ?? answer
  const params = Params.safeParse(nested)
  if (!params.success) throw unusable('its numbers have another form', answer)
  if (taskTypeOf(task_type).family === 'detection') {
    const { box = [], label, label_scores: scores } = params.data
    const boxes = (box ?? []).flatMap(([left = 0, top = 0, right = 0, bottom = 0], index) => {
      const place = places.get((label?.[index] ?? 0) + 1)
      if (place === undefined || right <= left || bottom <= top) return []
      const placed: [number, number, number, number] = [left, top, right - left, bottom - top]
      return [{ box: placed, class: place, score: Math.min(1, Math.max(0, scores?.[index] ?? 1)) }]
    })
    return { boxes }
  }
  const probabilities = readShares(params.data.probabilities ?? params.data.prediction, classes)
  if (!probabilities) throw unusable('it has no probabilities of the classes', answer)
  return { probabilities }
}

/** A list in the order of the classes, an object by their names, or the name of one. */
function readShares(given: unknown, classes: readonly string[]): number[] | null {
  if (typeof given === 'string') return classes.includes(given) ? classes.map((name) => Number(name === given)) : null
  const values = Array.isArray(given)
    ? given.flat(2)
    : classes.map((name) => (given as Record<string, unknown> | null | undefined)?.[name])
  const isFitting =
    values.length === classes.length && values.every((one) => typeof one === 'number' && one >= 0 && one <= 1)
  return isFitting ? (values as number[]) : null
}
