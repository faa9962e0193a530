import type { VesaliusClient } from './client.ts'
import type { Export, ExportId, Image, ProjectId, Run, RunId } from './generated/types.ts'

const PAUSE_MS = 1000
const HOUR_MS = 3_600_000

interface Waiting {
  /** How long at most; an hour. */
  limitMs?: number
}

/** Every item of a list that comes in pages. `ask` gets the cursor: `(cursor) => client.listImages({ projectId, cursor })`. */
export async function* eachPage<Item>(
  ask: (cursor: string | undefined) => Promise<{ items: Item[]; nextCursor: string | null }>,
): AsyncGenerator<Item> {
  let cursor: string | undefined
  do {
    const page = await ask(cursor)
    yield* page.items
    cursor = page.nextCursor ?? undefined
  } while (cursor)
}

/** Waits until each image of a project has had its first look. Answers those where that failed. */
export async function waitForImages(
  client: VesaliusClient,
  projectId: ProjectId,
  { limitMs = HOUR_MS }: Waiting = {},
): Promise<Image[]> {
  return until(limitMs, 'images wait for their first look', async () => {
    const pages = eachPage((cursor) => client.listImages({ projectId, state: 'TO_LABEL', limit: 500, cursor }))
    const waiting: Image[] = []
    for await (const image of pages) waiting.push(image)
    return waiting.every(({ problem }) => problem) ? waiting : null
  })
}

/** Waits until a training has ended, in whichever way. */
export async function waitForRun(
  client: VesaliusClient,
  runId: RunId,
  { limitMs = HOUR_MS }: Waiting = {},
): Promise<Run> {
  return until(limitMs, 'the training goes on', async () => {
    const run = await client.getRun({ runId })
    return hasEnded(run) ? run : null
  })
}

/** Waits until an export has ended, in whichever way. */
export async function waitForExport(
  client: VesaliusClient,
  exportId: ExportId,
  { limitMs = HOUR_MS }: Waiting = {},
): Promise<Export> {
  return until(limitMs, 'the export goes on', async () => {
    const found = await client.getExport({ exportId })
    return hasEnded(found) ? found : null
  })
}

const hasEnded = ({ state }: Run | Export) => state !== 'pending' && state !== 'running'

async function until<Found>(limitMs: number, otherwise: string, look: () => Promise<Found | null>): Promise<Found> {
  const end = Date.now() + limitMs
  for (;;) {
    const found = await look()
    if (found !== null) return found
    if (Date.now() > end) throw new Error(`${otherwise} after ${Math.round(limitMs / 1000)} s`)
    await new Promise((resolve) => setTimeout(resolve, PAUSE_MS))
  }
}
