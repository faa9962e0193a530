import { API_PREFIX, AppError, type ImageId, type ProjectId, routes, type ServerEvent } from '@vesalius/contracts'
import type { FastifyInstance } from 'fastify'
import type { Context } from '../../context.ts'
import type { Audience } from '../../events.ts'
import { refuseUnsecured } from '../../http/refuse-unsecured.ts'
import type { SignedIn } from '../../http/route-call.ts'
import { refuseBeyondScope } from '../../http/token-scope.ts'
import { mayOnProject } from '../projects/access.ts'
import { eventVeil } from './veil-event.ts'

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
    refuseUnsecured(user)
    refuseBeyondScope(user, 'read')
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

    let allowed = eventFilter(db, user)
    let veil = eventVeil(db, user)
    // Who signed out, was frozen, or has another role by now hears no more than they may.
    const heartbeat = setInterval(async () => {
      const still = await app.authenticate(request).catch(() => null)
      if (!still || still.isUnsecured) return raw.end()
      allowed = eventFilter(db, still)
      veil = eventVeil(db, still)
      return raw.write(': alive\n\n')
    }, HEARTBEAT_MS)
    const shownTo = async (audience: Audience, event: ServerEvent): Promise<ServerEvent | null> => {
      if (typeof audience !== 'string') return audience.includes(user.id) ? event : null
      return (await allowed(audience, event)) ? veil(audience, event) : null
    }
    const unsubscribe = events.subscribe((audience, event) => {
      const tell = async () => {
        const shown = await shownTo(audience, event)
        if (!shown || raw.destroyed) return
        raw.write(formatEvent(shown))
        if (raw.writableLength > MAXIMUM_BACKLOG_BYTES) raw.destroy()
      }
      // Where the database cannot tell what they may hear, they hear nothing.
      tell().catch(() => {})
    })
    const close = () => raw.end()
    open.add(close)
    const forgetGap = events.onGap(close)
    raw.on('close', () => {
      clearInterval(heartbeat)
      unsubscribe()
      forgetGap()
      open.delete(close)
    })
  })
}

export function formatEvent(event: ServerEvent): string {
  return `event: ${event.kind}\ndata: ${JSON.stringify(event)}\n\n`
}

/**
 * Whether the person may hear of an event: of all in their own projects, elsewhere of images shared with them. What is
 * known of a project is remembered until the project itself changes, as it does with each share.
 */
function eventFilter(
  db: Context['db'],
  user: SignedIn,
): (projectId: ProjectId, event: ServerEvent) => Promise<boolean> {
  const known = new Map<ProjectId, Promise<'all' | ReadonlySet<ImageId>>>()
  const look = (projectId: ProjectId) => {
    const answer = known.get(projectId) ?? visibleImages(db, user, projectId)
    known.set(projectId, answer)
    return answer
  }
  return async (projectId, event) => {
    const before = known.get(projectId)
    if (event.kind === 'project') known.delete(projectId)
    const [visible, wasVisible] = [await look(projectId), await before]
    if (visible === 'all') return true
    if (event.kind === 'project')
      return visible.size > 0 || (wasVisible !== undefined && wasVisible !== 'all' && wasVisible.size > 0)
    if (event.kind === 'image') return visible.has(event.image.id)
    return 'imageId' in event && visible.has(event.imageId)
  }
}

/** Nothing where the database cannot tell. */
async function visibleImages(
  db: Context['db'],
  user: SignedIn,
  projectId: ProjectId,
): Promise<'all' | ReadonlySet<ImageId>> {
  try {
    const project = await db
      .selectFrom('projects')
      .select(['id', 'owner_id', 'organisation_id'])
      .where('id', '=', projectId)
      .executeTakeFirst()
    if (!project) return new Set()
    if (mayOnProject(user, project, 'view')) return 'all'
    const shares = await db
      .selectFrom('shared_images')
      .select('image_id')
      .where('user_id', '=', user.id)
      .where('project_id', '=', projectId)
      .execute()
    return new Set(shares.map((share) => share.image_id))
  } catch {
    return new Set()
  }
}
