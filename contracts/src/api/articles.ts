import { z } from 'zod'
import {
  Article,
  ArticleBlock,
  ArticleDifference,
  ArticleHeading,
  ArticleRevision,
  ArticleState,
  ArticleText,
  ArticleTitle,
  ArticleVisibility,
  BlockText,
  FoundArticle,
} from '../article.ts'
import { ArticleId, BlockId, OrganisationId, ProjectId } from '../ids.ts'
import { PageQuery, pageOf } from '../paging.ts'
import { defineRoute } from '../route.ts'

const tag = 'articles'
const ofArticle = z.object({ articleId: ArticleId })
const ofRevision = ofArticle.extend({ revision: z.coerce.number().int().min(1).max(2_147_483_647) })
const inProject = z.object({ projectId: ProjectId })
const Revision = z.coerce.number().int().min(1)
const home = {
  visibility: ArticleVisibility.optional(),
  organisationId: OrganisationId.nullable().optional(),
  projectId: ProjectId.nullable().optional(),
}

export const listArticles = defineRoute({
  method: 'GET',
  path: '/articles',
  summary:
    'Articles the caller may read, last changed first; `q`: those that hold all the words in one block or the title.',
  tag,
  access: 'user',
  query: PageQuery.extend({
    q: z.string().trim().max(200).optional(),
    which: z.enum(['all', 'mine', 'drafts', 'bin']).default('all'),
    organisationId: OrganisationId.optional(),
    projectId: ProjectId.optional(),
  }),
  responses: { 200: pageOf(FoundArticle) },
})

export const createArticle = defineRoute({
  method: 'POST',
  path: '/articles',
  summary: 'Begin an article. One of an organisation or project needs the right to annotate there.',
  tag,
  access: 'user',
  body: z.strictObject({
    title: ArticleTitle,
    text: ArticleText.default(''),
    state: ArticleState.default('draft'),
    ...home,
  }),
  responses: { 201: Article },
})

export const getArticle = defineRoute({
  method: 'GET',
  path: '/articles/:articleId',
  summary: 'An article without its text. `ETag`: its revision.',
  tag,
  isTagged: true,
  access: 'see',
  params: ofArticle,
  responses: { 200: Article },
})

export const updateArticle = defineRoute({
  method: 'PATCH',
  path: '/articles/:articleId',
  summary:
    'Change title or state; who reads it only with the right to manage it. With `If-Match`, a revision changed meanwhile answers 412.',
  tag,
  isTagged: true,
  takesTag: true,
  access: 'review',
  params: ofArticle,
  body: z.strictObject({ title: ArticleTitle.optional(), state: ArticleState.optional(), ...home }),
  responses: { 200: Article },
})

export const deleteArticle = defineRoute({
  method: 'DELETE',
  path: '/articles/:articleId',
  summary: 'Put an article in the bin.',
  tag,
  access: 'manage',
  params: ofArticle,
  responses: { 204: null },
})

const deed = <const Name extends string>(name: Name, summary: string) =>
  defineRoute({
    method: 'POST',
    path: `/articles/:articleId/${name}`,
    summary,
    tag,
    access: 'manage',
    params: ofArticle,
    responses: { 200: Article },
  })

export const restoreArticle = deed('restore', 'Take an article out of the bin.')
export const freezeArticle = deed('freeze', 'Freeze an article: nothing changes it until it is unfrozen.')
export const unfreezeArticle = deed('unfreeze', 'Let an article be changed again.')

export const purgeArticle = defineRoute({
  method: 'POST',
  path: '/articles/:articleId/purge',
  summary: 'Remove an article in the bin for good, with its history.',
  tag,
  access: 'manage',
  params: ofArticle,
  responses: { 204: null },
})

export const listArticleBlocks = defineRoute({
  method: 'GET',
  path: '/articles/:articleId/blocks',
  summary:
    'The text by blocks, from its start, from a block on, or up to one (`before`). The cursor keeps to the revision it began with.',
  tag,
  access: 'see',
  params: ofArticle,
  query: z.object({
    cursor: z.string().max(100).optional(),
    from: BlockId.optional(),
    before: BlockId.optional(),
    limit: z.coerce.number().int().min(1).max(100).default(12),
  }),
  responses: {
    200: pageOf(ArticleBlock).extend({
      /** Whether the text has more before the first of these blocks. */
      hasBefore: z.boolean(),
      revision: z.int(),
    }),
  },
})

export const listArticleHeadings = defineRoute({
  method: 'GET',
  path: '/articles/:articleId/headings',
  summary: 'The headings in order, at most 5,000, with the block each is in.',
  tag,
  access: 'see',
  params: ofArticle,
  responses: { 200: z.object({ items: z.array(ArticleHeading) }) },
})

export const getArticleText = defineRoute({
  method: 'GET',
  path: '/articles/:articleId/text',
  summary: 'The whole text, of an earlier revision where one is named. `ETag`: the revision.',
  tag,
  isTagged: true,
  access: 'see',
  params: ofArticle,
  query: z.object({ revision: Revision.optional() }),
  responses: { 200: z.object({ text: z.string(), revision: z.int() }) },
})

export const putArticleText = defineRoute({
  method: 'PUT',
  path: '/articles/:articleId/text',
  summary:
    'Replace the whole text; only blocks that differ are written. With `If-Match`, a revision changed meanwhile answers 412.',
  tag,
  isTagged: true,
  takesTag: true,
  access: 'review',
  params: ofArticle,
  body: z.strictObject({ text: ArticleText }),
  responses: { 200: Article },
})

export const putArticleBlock = defineRoute({
  method: 'PUT',
  path: '/articles/:articleId/blocks/:blockId',
  summary:
    'Replace the text of one block; empty takes it out, and what is too long becomes several. With `If-Match`, a block changed meanwhile answers 412; changes of other blocks do not matter.',
  tag,
  isTagged: true,
  takesTag: true,
  access: 'review',
  params: ofArticle.extend({ blockId: BlockId }),
  body: z.strictObject({ text: BlockText }),
  responses: { 200: z.object({ article: Article, items: z.array(ArticleBlock) }) },
})

export const listArticleRevisions = defineRoute({
  method: 'GET',
  path: '/articles/:articleId/revisions',
  summary: 'The history, newest first.',
  tag,
  access: 'view',
  params: ofArticle,
  query: PageQuery,
  responses: { 200: pageOf(ArticleRevision) },
})

export const compareArticle = defineRoute({
  method: 'GET',
  path: '/articles/:articleId/comparison',
  summary: 'What changed between two revisions, by blocks.',
  tag,
  access: 'view',
  params: ofArticle,
  query: z.object({ from: Revision, to: Revision, cursor: z.string().max(20).optional() }),
  responses: { 200: pageOf(ArticleDifference) },
})

export const restoreArticleRevision = defineRoute({
  method: 'POST',
  path: '/articles/:articleId/revisions/:revision/restore',
  summary: 'Make the words of an earlier revision the newest one.',
  tag,
  access: 'review',
  params: ofRevision,
  responses: { 200: Article },
})

export const getGuideline = defineRoute({
  method: 'GET',
  path: '/projects/:projectId/guideline',
  summary: 'The article that tells how images of the project are read.',
  tag,
  access: 'see',
  params: inProject,
  responses: { 200: z.object({ article: Article.nullable() }) },
})

export const putGuideline = defineRoute({
  method: 'PUT',
  path: '/projects/:projectId/guideline',
  summary: 'Choose a published article as the guideline: whoever sees the project may read it from then on.',
  tag,
  access: 'manage',
  params: inProject,
  body: z.strictObject({ articleId: ArticleId.nullable() }),
  responses: { 200: z.object({ article: Article.nullable() }) },
})
