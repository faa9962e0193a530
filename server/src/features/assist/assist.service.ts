import { randomUUID } from 'node:crypto'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import {
  AppError,
  type AssistAnswer,
  type AssistQuestion,
  type ImageId,
  isBoxLabel,
  isMaskLabel,
  taskTypeOf,
  type UserId,
} from '@vesalius/contracts'
import type { Context } from '../../context.ts'
import type { ImageRow } from '../../db/tables.ts'
import type { SignedIn } from '../../http/route-call.ts'
import type { PictureFormat } from '../images/picture-format.ts'
import { refuseDeleted, requireImage } from '../images/require-image.ts'
import { toGuess } from '../predictions/guess.ts'
import { findModel } from '../predictions/predictions.queries.ts'
import { type Part, partFor } from './ask-part.ts'
import { placeBoxes, placeMasks } from './place-answer.ts'

type Parts = Pick<Context, 'db' | 'storage' | 'pictures' | 'predictor'>

/** The one kind of task whose masks are instances. */
const CELL = 3004
/** Questions of one person that may be looked at together; whoever clicks faster waits. */
const MOST_AT_ONCE = 2

/** How many questions of each person are being looked at. */
export class Assistant {
  readonly #parts: Parts
  readonly #busy = new Map<UserId, number>()

  constructor(parts: Parts) {
    this.#parts = parts
  }

  /** The serving model's marks in a region of an image. Nothing is stored. */
  async ask(user: SignedIn, imageId: ImageId, question: AssistQuestion): Promise<AssistAnswer> {
    const { db, storage, predictor } = this.#parts
    const { image, project } = await requireImage(db, user, imageId, 'annotate')
    refuseDeleted(image)
    const { family } = taskTypeOf(project.task_type)
    if (family !== 'detection' && family !== 'segmentation') {
      throw new AppError('TASK_TYPE_UNSUPPORTED', 'Regions can be asked about where images have boxes or masks.')
    }
    if (!project.serving_model_id) {
      throw new AppError('NO_MODEL', 'This project has no model yet. Annotate some images and train one.')
    }
    const model = await findModel(db, project.serving_model_id)
    if (!model) throw new Error('the serving model has no row')
    const part = partFor(question, image)
    const modelFile = await storage.localFile(model.uri)
    const answers = await this.#oneOfFew(user, () =>
      this.#withPart(image, part, question.frame, (file) => predictor.predict(modelFile, [file])),
    )
    const [answer] = answers
    if (!answer || 'error' in answer) throw new AppError('PRELABEL_FAILED', answer?.error ?? 'the model did not answer')
    const { data, latencyMs } = toGuess(project, part, model, answer)
    const hasInstances = project.task_type === CELL
    const onFrame = question.frame > 0 ? { frame: question.frame } : {}
    if (isBoxLabel(data)) {
      const placed = placeBoxes(data, part, question)
      const boxes = placed.boxes.map((mark) => ({ ...mark, ...onFrame }))
      return { modelVersionId: model.id, data: { ...placed, boxes }, latencyMs }
    }
    if (!isMaskLabel(data)) throw new AppError('PRELABEL_FAILED', 'The model answered another question.')
    const placed = placeMasks(data, part, { question, whole: image, hasInstances })
    const masks = placed.masks.map((mark) => ({ ...mark, ...onFrame }))
    return { modelVersionId: model.id, data: { ...placed, masks }, latencyMs }
  }

  async #oneOfFew<Result>({ id }: SignedIn, run: () => Promise<Result>): Promise<Result> {
    const busy = this.#busy.get(id) ?? 0
    if (busy >= MOST_AT_ONCE) {
      throw new AppError('TOO_MANY_REQUESTS', 'The model still looks at what you asked before. Wait for its answer.')
    }
    this.#busy.set(id, busy + 1)
    try {
      return await run()
    } finally {
      const left = (this.#busy.get(id) ?? 1) - 1
      if (left > 0) this.#busy.set(id, left)
      else this.#busy.delete(id)
    }
  }

  async #withPart<Result>(
    image: Pick<ImageRow, 'uri' | 'type' | 'width' | 'frames'>,
    part: Part,
    frame: number,
    use: (file: string) => Promise<Result>,
  ): Promise<Result> {
    const { storage, pictures } = this.#parts
    const target = join(storage.scratchDirectory, `${randomUUID()}.png`)
    try {
      const { left, top, width, height } = part
      await pictures.preview({
        ...{
          file: await storage.localFile(image.uri),
          format: image.type as PictureFormat,
          target,
          part: { left, top, width, height },
        },
        ...{ width: image.width, frame: Math.min(frame, image.frames - 1), encoding: 'png' },
      })
      return await use(target)
    } finally {
      await rm(target, { force: true })
    }
  }
}
