import { routes } from '@vesalius/contracts'
import type { FastifyInstance } from 'fastify'
import type { Context } from '../../context.ts'
import { limitPosts } from '../../http/post-limit.ts'
import { registerRoute } from '../../http/register-route.ts'
import { requireArticle } from '../articles/require-article.ts'
import { requireImage } from '../images/require-image.ts'
import { countNews } from '../notifications/notifications.queries.ts'
import { deleteMessage, editMessage, listEdits } from './change-message.ts'
import { listDiscussions } from './discussions.ts'
import { markRead, setMuted } from './inbox.ts'
import { listConversations } from './list-conversations.ts'
import { requireMessage } from './message-rows.ts'
import { readSettings, writeSettings } from './message-settings.ts'
import { postMessage } from './post-message.ts'
import { readThread } from './read-thread.ts'
import { searchMessages } from './search-messages.ts'

export function registerMessageRoutes(app: FastifyInstance, context: Pick<Context, 'db' | 'events'>): void {
  const { db } = context
  const posts = limitPosts(db)

  registerRoute(app, routes.postMessage, async ({ user, body }) => {
    await posts.take(user.id)
    return postMessage(context, user, body)
  })

  registerRoute(app, routes.searchMessages, async ({ user, query }) => searchMessages(db, user, query))

  registerRoute(app, routes.readThread, async ({ user, params, query }) =>
    readThread(db, user, params.messageId, query),
  )

  registerRoute(app, routes.editMessage, async ({ user, params, body }) => {
    await posts.take(user.id)
    return editMessage(context, user, params.messageId, body.text)
  })

  registerRoute(app, routes.deleteMessage, async ({ user, params }) => deleteMessage(context, user, params.messageId))

  registerRoute(app, routes.listMessageEdits, async ({ user, params }) => ({
    items: await listEdits(db, user, params.messageId),
  }))

  registerRoute(app, routes.markThreadRead, async ({ user, params }) => {
    await requireMessage(db, user, params.messageId, 'read')
    await markRead(db, user, params.messageId)
    return countNews(db, user.id)
  })

  registerRoute(app, routes.muteThread, async ({ user, params, body }) => {
    await requireMessage(db, user, params.messageId, 'read')
    await setMuted(db, user, params.messageId, body.isMuted)
    return null
  })

  registerRoute(app, routes.listConversations, async ({ user, query }) => listConversations(db, user, query))

  registerRoute(app, routes.listDiscussions, async ({ user, params }) => {
    await requireImage(db, user, params.imageId, 'view')
    return { items: await listDiscussions(db, user, params) }
  })

  registerRoute(app, routes.listArticleDiscussions, async ({ user, params }) => {
    await requireArticle(db, user, params.articleId, 'view')
    return { items: await listDiscussions(db, user, params) }
  })

  registerRoute(app, routes.getMessageSettings, async ({ user }) => readSettings(db, user.id))

  registerRoute(app, routes.putMessageSettings, async ({ user, body }) => writeSettings(db, user.id, body))
}
