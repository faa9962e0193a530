import {
  AppError,
  type InferenceAnswer,
  type InferenceRequest,
  isBoxLabel,
  isMaskLabel,
  readClassAnswer,
  taskTypeOf,
} from '@vesalius/contracts'
import sharp from 'sharp'
import type { ModelVersionRow, ProjectRow } from '../../db/tables.ts'
import type { Seen } from './ask-model.ts'

/** Tensors of the Open Inference Protocol from and to pictures and guesses. */

const MOST_PICTURES = 16

const tensor = (name: string, datatype: string, shape: number[]) => ({ name, datatype, shape })

/** What the model takes and gives, as clients read it. Boxes are `[left, top, right, bottom]` in pixels of the picture. */
export function describeAskedModel(project: ProjectRow, versions: readonly ModelVersionRow[]) {
  return {
    name: project.id,
    versions: versions.map(({ number }) => String(number)),
    platform: 'onnxruntime_onnx',
    inputs: [tensor('image', 'BYTES', [-1])],
    outputs: outputsOf(project),
    parameters: { task_type: project.task_type, classes: project.classes },
  }
}

function outputsOf({ task_type, classes }: ProjectRow) {
  switch (taskTypeOf(task_type).family) {
    case 'classification':
      return [tensor('probabilities', 'FP32', [-1, classes.length]), tensor('label', 'BYTES', [-1])]
    case 'detection':
      return [tensor('boxes', 'FP32', [-1, 4]), tensor('scores', 'FP32', [-1]), tensor('classes', 'INT32', [-1])]
    default:
      return [
        tensor('masks', 'BYTES', [-1]),
        tensor('scores', 'FP32', [-1]),
        tensor('classes', 'INT32', [-1]),
        tensor('size', 'INT32', [2]),
      ]
  }
}

/** The pictures of a request as files. Throws VALIDATION_FAILED. */
export async function readPictures({ inputs: [input] }: InferenceRequest): Promise<Uint8Array[]> {
  if (!input) throw refused('one input is a picture')
  const { datatype, shape, data } = input
  if (datatype === 'BYTES') return readFiles(data)
  if (datatype !== 'UINT8') throw refused('pictures come as BYTES (files, base64) or UINT8 (samples)')
  const [count = 1, height = 0, width = 0, channels = 0] = shape.length === 4 ? shape : [1, ...shape]
  const samples = data[0] instanceof Uint8Array ? data[0] : Uint8Array.from(data.flat(4) as number[])
  if (samples.length !== count * height * width * channels || (channels !== 1 && channels !== 3)) {
    throw refused('samples are count × height × width × 1 or 3')
  }
  if (count > MOST_PICTURES) throw refused(`at most ${MOST_PICTURES} pictures at once`)
  const size = height * width * channels
  return Promise.all(
    Array.from({ length: count }, (_, index) =>
      sharp(samples.subarray(index * size, (index + 1) * size), { raw: { width, height, channels } })
        .png()
        .toBuffer(),
    ),
  )
}

/** Files as they came behind the JSON, or in it as base64. */
function readFiles(data: readonly unknown[]): Uint8Array[] {
  const files = data.flat(2)
  if (files.length === 0 || files.length > MOST_PICTURES) throw refused(`1 to ${MOST_PICTURES} pictures at once`)
  return files.map((file) => {
    if (file instanceof Uint8Array) return file
    const isBase64 = typeof file === 'string' && /^[A-Za-z0-9+/_-]+={0,2}$/.test(file)
    if (!isBase64) throw refused('each picture is a file in base64')
    return Buffer.from(file, 'base64')
  })
}

/** Throws VALIDATION_FAILED for several pictures where each has any number of marks. */
export function writeAnswer(
  request: InferenceRequest,
  { project, model, seen }: { project: ProjectRow; model: ModelVersionRow; seen: readonly Seen[] },
): InferenceAnswer {
  const outputs =
    taskTypeOf(project.task_type).family === 'classification' ? writeClasses(project, seen) : writeMarks(seen)
  return {
    ...(request.id === undefined ? {} : { id: request.id }),
    model_name: project.id,
    model_version: String(model.number),
    outputs,
  }
}

type Output = InferenceAnswer['outputs'][number]

function writeClasses({ classes }: ProjectRow, seen: readonly Seen[]): Output[] {
  const answers = seen.map(({ guess }) => readClassAnswer(guess.data))
  const weights = answers.flatMap((answer) => classes.map((_, index) => answer?.weights[index] ?? 0))
  return [
    { ...tensor('probabilities', 'FP32', [seen.length, classes.length]), data: weights },
    { ...tensor('label', 'BYTES', [seen.length]), data: seen.map(({ guess }) => classes[guess.value ?? -1] ?? '') },
  ]
}

function writeMarks(seen: readonly Seen[]): Output[] {
  const [one, ...others] = seen
  if (!one || others.length > 0) throw refused('this model marks one picture at a time')
  const { data } = one.guess
  const marks = isBoxLabel(data) ? data.boxes : isMaskLabel(data) ? data.masks : []
  const of = (name: string, datatype: string, values: (number | string)[]) => ({
    ...tensor(name, datatype, [values.length]),
    data: values,
  })
  const scores = of(
    'scores',
    'FP32',
    marks.map(({ score = 1 }) => score),
  )
  const classes = of(
    'classes',
    'INT32',
    marks.map((mark) => mark.class),
  )
  if (isMaskLabel(data)) {
    const masks = of(
      'masks',
      'BYTES',
      data.masks.map(({ rle }) => rle),
    )
    return [masks, scores, classes, of('size', 'INT32', [...data.size])]
  }
  const corners = isBoxLabel(data) ? data.boxes.flatMap(({ box: [x, y, w, h] }) => [x, y, x + w, y + h]) : []
  return [{ ...tensor('boxes', 'FP32', [marks.length, 4]), data: corners }, scores, classes]
}

const refused = (reason: string) => new AppError('VALIDATION_FAILED', `The request does not fit: ${reason}.`)
