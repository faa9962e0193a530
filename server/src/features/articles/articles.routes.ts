import { type Article, type ArticleId, routes } from '@vesalius/contracts'
import type { FastifyInstance, FastifyReply } from 'fastify'
import type { Context } from '../../context.ts'
import { limitPosts } from '../../http/post-limit.ts'
import { registerRoute } from '../../http/register-route.ts'
import type { SignedIn } from '../../http/route-call.ts'
import { requireProject, requireProjectView } from '../projects/access.ts'
import { findArticles } from './articles.queries.ts'
import { readTexts } from './block-list.ts'
import { compareRevisions } from './compare-revisions.ts'
import { chooseGuideline, readGuideline } from './guidelines.ts'
import { ifMatch } from './if-match.ts'
import { listRevisions } from './list-revisions.ts'
import { moveTo, purgeArticle, putInBin, setFrozen, takeOutOfBin } from './move-article.ts'
import { presentArticle, presentArticles } from './present-article.ts'
import { readBlocks, readHeadings } from './read-blocks.ts'
import { requireArticle } from './require-article.ts'
import { updateArticle } from './update-article.ts'
import { createArticle, restoreRevision, walkAll, writeBlock, writeText } from './write-article.ts'

export function registerArticleRoutes(app: FastifyInstance, { db }: Pick<Context, 'db'>): void {
  const posts = limitPosts(db)
  const show = async (reply: FastifyReply, user: SignedIn, articleId: ArticleId): Promise<Article> => {
    const article = await presentArticle(db, await requireArticle(db, user, articleId, 'see'))
    tag(reply, article.revision)
    return article
  }

  registerRoute(app, routes.listArticles, async ({ user, query }) => {
    const { items, nextCursor } = await findArticles(db, user, query)
    const shown = await presentArticles(db, items)
    return { items: shown.map((article, at) => ({ ...article, excerpt: items[at]?.excerpt ?? null })), nextCursor }
  })

  registerRoute(app, routes.createArticle, async ({ user, body, reply }) => {
    await posts.take(user.id)
    return show(reply, user, await createArticle(db, user, body))
  })

  registerRoute(app, routes.getArticle, async ({ user, params, reply }) => show(reply, user, params.articleId))

  registerRoute(app, routes.updateArticle, async ({ user, params, body, request, reply }) => {
    const home = await moveTo(db, user, params.articleId, body)
    await updateArticle(db, user, { ...params, ...body, home, isCurrent: ifMatch(request) })
    return show(reply, user, params.articleId)
  })

  registerRoute(app, routes.deleteArticle, async ({ user, params }) => {
    await requireArticle(db, user, params.articleId, 'manage')
    await putInBin(db, params.articleId)
    return null
  })

  registerRoute(app, routes.restoreArticle, async ({ user, params, reply }) => {
    await requireArticle(db, user, params.articleId, 'manage')
    await takeOutOfBin(db, params.articleId)
    return show(reply, user, params.articleId)
  })

  registerRoute(app, routes.purgeArticle, async ({ user, params }) => {
    await requireArticle(db, user, params.articleId, 'manage')
    await purgeArticle(db, params.articleId)
    return null
  })

  for (const [route, isFrozen] of [
    [routes.freezeArticle, true],
    [routes.unfreezeArticle, false],
  ] as const) {
    registerRoute(app, route, async ({ user, params, reply }) => {
      await requireArticle(db, user, params.articleId, 'manage')
      await setFrozen(db, params.articleId, isFrozen)
      return show(reply, user, params.articleId)
    })
  }

  registerRoute(app, routes.listArticleBlocks, async ({ user, params, query }) => {
    const { article } = await requireArticle(db, user, params.articleId, 'see')
    return readBlocks(db, article, query)
  })

  registerRoute(app, routes.listArticleHeadings, async ({ user, params }) => {
    const { article } = await requireArticle(db, user, params.articleId, 'see')
    return { items: await readHeadings(db, article) }
  })

  registerRoute(app, routes.getArticleText, async ({ user, params, query, reply }) => {
    const right = query.revision === undefined ? 'see' : 'view'
    const { article } = await requireArticle(db, user, params.articleId, right)
    const revision = Math.min(query.revision ?? article.revision, article.revision)
    const links = await walkAll(db, { id: article.id, revision })
    const text = (await readTexts(db, article.id, links)).map((block) => block.text).join('')
    tag(reply, revision)
    return { text, revision }
  })

  registerRoute(app, routes.putArticleText, async ({ user, params, body, request, reply }) => {
    await requireArticle(db, user, params.articleId, 'review')
    await writeText(db, user, { ...params, ...body, isCurrent: ifMatch(request) })
    return show(reply, user, params.articleId)
  })

  registerRoute(app, routes.putArticleBlock, async ({ user, params, body, request, reply }) => {
    await requireArticle(db, user, params.articleId, 'review')
    const isCurrent = ifMatch(request)
    const items = await writeBlock(db, user, { ...params, ...body, isCurrent })
    return {
      article: await show(reply, user, params.articleId),
      items: items.map(({ id, text, tag }) => ({ id, text, tag })),
    }
  })

  registerRoute(app, routes.listArticleRevisions, async ({ user, params, query }) => {
    await requireArticle(db, user, params.articleId, 'view')
    return listRevisions(db, params.articleId, query)
  })

  registerRoute(app, routes.compareArticle, async ({ user, params, query }) => {
    const { article } = await requireArticle(db, user, params.articleId, 'view')
    const [from, to] = [Math.min(query.from, article.revision), Math.min(query.to, article.revision)]
    return compareRevisions(db, { ...params, from, to, cursor: query.cursor })
  })

  registerRoute(app, routes.restoreArticleRevision, async ({ user, params, reply }) => {
    await requireArticle(db, user, params.articleId, 'review')
    await restoreRevision(db, user, params)
    return show(reply, user, params.articleId)
  })

  registerRoute(app, routes.getGuideline, async ({ user, params }) => {
    const { project } = await requireProjectView(db, user, params.projectId)
    return { article: await readGuideline(db, user, project) }
  })

  registerRoute(app, routes.putGuideline, async ({ user, params, body }) => {
    const project = await requireProject(db, user, params.projectId, 'manage')
    await chooseGuideline(db, user, project, body.articleId)
    return { article: await readGuideline(db, user, project) }
  })
}

function tag(reply: FastifyReply, revision: number): void {
  reply.header('etag', `"${revision}"`).header('cache-control', 'private, no-cache')
}
