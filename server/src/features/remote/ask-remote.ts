import { AppError, answersAtOnce, type ImageId, isClassification, type RemoteJobId } from '@vesalius/contracts'
import { sql } from 'kysely'
import type { Context } from '../../context.ts'
import type { ImageRow, ProjectRow } from '../../db/tables.ts'
import { newId } from '../../ids.ts'
import { lockImage } from '../images/images.queries.ts'
import type { Guess } from '../predictions/guess.ts'
import { askAtOnce } from './ask-at-once.ts'
import type { ClientParts } from './clients/client.ts'
import { outsideModel } from './outside-model.ts'
import { readAnswer } from './read-answer.ts'
import type { RemoteServerRow } from './remote-server.ts'

/** Of a file: more would take a server from everybody else for long. */
const MOST_FRAMES = 100

type Parts = ClientParts & Pick<Context, 'jobs'>

/** `later`: the answer comes by itself; null: there is no model to ask, so the image is free to annotate. */
export async function askElsewhere(
  parts: Parts,
  { project, image }: { project: ProjectRow; image: ImageRow },
  server: RemoteServerRow,
  signal: AbortSignal,
): Promise<Guess | 'later' | null> {
  const { kind } = server.settings
  if (kind === 'worker' && project.serving_model_id === null) return null
  if (!answersAtOnce(kind)) {
    await askLater(parts, image.id, server)
    return 'later'
  }
  const started = performance.now()
  const isOfEach = project.algorithm.guessFrames === 'every' && !isClassification(project.task_type)
  const frames = Array.from({ length: isOfEach ? Math.min(image.frames, MOST_FRAMES) : 1 }, (_, frame) => frame)
  const answers = []
  for (const frame of frames) answers.push((await askAtOnce(parts, { project, image, frame, server, signal })).answer)
  const predictions = answers.flatMap((answer, frame) => answer.predictions.map((one) => ({ ...one, frame })))
  const said = readAnswer(project, image, predictions, performance.now() - started)
  const [first] = answers
  if (!first) throw new AppError('PRELABEL_FAILED', 'nothing was asked')
  return { ...said, modelVersionId: await outsideModel(parts, project, server, first.model) }
}

/**
 * Puts the question about an image: to be sent, or to wait for a worker. The image stays as it is until an answer comes
 * or time is up; of one image only one question is open.
 */
async function askLater(
  { db, jobs }: Pick<Parts, 'db' | 'jobs'>,
  imageId: ImageId,
  { settings, version }: RemoteServerRow,
): Promise<void> {
  await db.transaction().execute(async (trx) => {
    const image = await lockImage(trx, imageId)
    if (!image || (image.state !== 'TO_LABEL' && image.state !== 'NORMAL')) return
    const id = newId<RemoteJobId>()
    const asked = await trx
      .insertInto('remote_jobs')
      .values({
        ...{ id, project_id: image.project_id, kind: 'prelabel', image_id: imageId, run_id: null },
        ...{ server_version: version, state: 'waiting' },
        expires_at: sql<Date>`now() + ${settings.answerWithinMinutes} * interval '1 minute'`,
      })
      .onConflict((conflict) => conflict.doNothing())
      .returning('id')
      .executeTakeFirst()
    if (asked && settings.kind === 'push') await jobs.enqueue(trx, 'push-image', { remoteJobId: id }, { key: id })
  })
}
