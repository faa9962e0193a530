import { AppError, answersAtOnce, type ImageId, type RemoteTrial } from '@vesalius/contracts'
import type { ImageRow, ProjectRow } from '../../db/tables.ts'
import { askAtOnce } from './ask-at-once.ts'
import type { ClientParts } from './clients/client.ts'
import { readAnswer } from './read-answer.ts'
import { findRemoteServer } from './remote-server.ts'

const SAID_LENGTH = 4000

/** Asks the server about one image, the newest where none is named; nothing of it is stored. Throws VALIDATION_FAILED. */
export async function tryRemote(
  parts: ClientParts,
  project: ProjectRow,
  imageId: ImageId | undefined,
): Promise<RemoteTrial> {
  const server = await findRemoteServer(parts.db, project.id)
  if (!server) throw new AppError('VALIDATION_FAILED', 'Set up the server first.')
  if (!answersAtOnce(server.settings.kind)) {
    throw new AppError(
      'VALIDATION_FAILED',
      'This server answers later: ask again about an image, and see the messages.',
    )
  }
  const image = await findTrialImage(parts, project, imageId)
  const started = performance.now()
  const facts = { imageId: image.id, imageName: image.name }
  let said = ''
  try {
    const asked = await askAtOnce(parts, { project, image, frame: 0, server })
    said = asked.said.slice(0, SAID_LENGTH)
    const milliseconds = Math.round(performance.now() - started)
    const { data, score } = readAnswer(project, image, asked.answer.predictions, milliseconds)
    return { ...facts, milliseconds, label: data, score, problem: null, said }
  } catch (error) {
    if (!(error instanceof AppError)) throw error
    const milliseconds = Math.round(performance.now() - started)
    const told = typeof error.details?.said === 'string' ? error.details.said.slice(0, SAID_LENGTH) : said
    return { ...facts, milliseconds, label: null, score: null, problem: error.message, said: told }
  }
}

async function findTrialImage({ db }: ClientParts, project: ProjectRow, imageId?: ImageId): Promise<ImageRow> {
  const query = db
    .selectFrom('images')
    .selectAll()
    .where('project_id', '=', project.id)
    .where('state', '<>', 'DELETED')
    .orderBy('created_at', 'desc')
    .limit(1)
  const image = await (imageId ? query.where('id', '=', imageId) : query).executeTakeFirst()
  if (!image) throw new AppError('VALIDATION_FAILED', 'Upload an image first: the server is asked about one.')
  return image
}
