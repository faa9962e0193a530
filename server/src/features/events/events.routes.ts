import { API_PREFIX, AppError, type ProjectId, routes, type ServerEvent } from '@vesalius/contracts'
import type { FastifyInstance } from 'fastify'
import type { Context } from '../../context.ts'
import type { SignedIn } from '../../http/route-call.ts'
import { mayUseProject } from '../projects/access.ts'

const HEARTBEAT_MS = 15_000
/** A reader that falls this far behind is cut off; it reconnects and asks afresh. */
const MAXIMUM_BACKLOG_BYTES = 4 * 1024 * 1024

/** Server-sent events (WHATWG HTML §9.2): each signed-in page hears of changes in the projects it may see. */
export function registerEventRoutes(app: FastifyInstance, { db, events }: Pick<Context, 'db' | 'events'>): void {
  const open = new Set<() => void>()
  app.addHook('preClose', async () => {
    for (const close of open) close()
  })

  app.get(`${API_PREFIX}${routes.events.path}`, async (request, reply) => {
    const user = await app.authenticate(request)
    if (!user) throw new AppError('NOT_SIGNED_IN', 'Sign in first.')
    reply.hijack()
    const { raw } = reply
    const headers = reply.getHeaders() as Record<string, string>
    raw.writeHead(200, {
      ...headers,
      'content-type': 'text/event-stream',
      'cache-control': 'no-store',
      'x-accel-buffering': 'no',
    })
    raw.write('retry: 2000\n\n')

    const allowed = projectFilter(db, user)
    const heartbeat = setInterval(() => raw.write(': alive\n\n'), HEARTBEAT_MS)
    const unsubscribe = events.subscribe((projectId, event) => {
      void allowed(projectId).then((may) => {
        if (!may || raw.destroyed) return
        raw.write(formatEvent(event))
        if (raw.writableLength > MAXIMUM_BACKLOG_BYTES) raw.destroy()
      })
    })
    const close = () => raw.end()
    open.add(close)
    raw.on('close', () => {
      clearInterval(heartbeat)
      unsubscribe()
      open.delete(close)
    })
  })
}

export function formatEvent(event: ServerEvent): string {
  return `event: ${event.kind}\ndata: ${JSON.stringify(event)}\n\n`
}

/** Whether the person may see a project; remembered for as long as the connection lives. */
function projectFilter(db: Context['db'], user: SignedIn): (projectId: ProjectId) => Promise<boolean> {
  const known = new Map<ProjectId, Promise<boolean>>()
  return (projectId) => {
    const existing = known.get(projectId)
    if (existing) return existing
    const answer = db
      .selectFrom('projects')
      .select('owner_id')
      .where('id', '=', projectId)
      .executeTakeFirst()
      .then(
        (project) => project !== undefined && mayUseProject(user, project),
        () => false,
      )
    known.set(projectId, answer)
    return answer
  }
}
