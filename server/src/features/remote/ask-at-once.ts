import { AppError, type RemoteKind } from '@vesalius/contracts'
import type { Client, ClientAnswer, ClientParts, Question } from './clients/client.ts'
import { labelStudio } from './clients/label-studio.ts'
import { monai } from './clients/monai.ts'
import { openInference } from './clients/open-inference.ts'
import { noteDelivery } from './deliveries.ts'

/** The protocols in which a server answers in the same call. */
const CLIENTS: Partial<Record<RemoteKind, Client>> = {
  'open-inference': openInference,
  'label-studio': labelStudio,
  monai,
}

/** Asks a server about one frame, and notes how that went. Throws AppError with the reason. */
export async function askAtOnce(parts: ClientParts, question: Question): Promise<ClientAnswer> {
  const { server, image } = question
  const client = CLIENTS[server.settings.kind]
  if (!client) throw new AppError('VALIDATION_FAILED', 'A worker comes by itself: it cannot be asked.')
  const started = performance.now()
  const said = { projectId: server.project_id, jobId: null, imageId: image.id, direction: 'out' } as const
  try {
    const answer = await client.ask(parts, question)
    const milliseconds = performance.now() - started
    await noteDelivery(parts.db, { ...said, status: 200, outcome: 'accepted', reason: null, milliseconds })
    return answer
  } catch (error) {
    if (error instanceof AppError) {
      const milliseconds = performance.now() - started
      const status = typeof error.details?.status === 'number' ? error.details.status : null
      await noteDelivery(parts.db, { ...said, status, outcome: 'failed', reason: error.message, milliseconds })
    }
    throw error
  }
}
