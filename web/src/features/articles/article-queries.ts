import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import { type ArticleId, type BlockId, type ProjectId, routes } from '@vesalius/contracts'
import { call } from '../../api/call.ts'

export type Which = 'all' | 'mine' | 'drafts' | 'bin'

/** Everything about articles lies below `all`; what a change of one touches, below `one`. */
export const articleKeys = {
  all: ['articles'] as const,
  lists: ['articles', 'list'] as const,
  one: (id: string) => ['articles', 'one', id] as const,
  guideline: (projectId: string) => ['articles', 'guideline', projectId] as const,
}

export const articlesQuery = (filter: { q?: string | undefined; which: Which }) =>
  infiniteQueryOptions({
    queryKey: [...articleKeys.lists, filter],
    queryFn: ({ pageParam, signal }) =>
      call(routes.listArticles, {
        query: { ...filter, limit: 30, ...(pageParam ? { cursor: pageParam } : {}) },
        signal,
      }),
    initialPageParam: '',
    getNextPageParam: (page) => page.nextCursor,
  })

export const articleQuery = (articleId: ArticleId) =>
  queryOptions({
    queryKey: articleKeys.one(articleId),
    queryFn: ({ signal }) => call(routes.getArticle, { params: { articleId }, signal }),
  })

export const articleTextQuery = (articleId: ArticleId) =>
  queryOptions({
    queryKey: [...articleKeys.one(articleId), 'text'],
    queryFn: ({ signal }) => call(routes.getArticleText, { params: { articleId }, signal }),
    staleTime: 0,
    gcTime: 0,
  })

export const headingsQuery = (articleId: ArticleId) =>
  queryOptions({
    queryKey: [...articleKeys.one(articleId), 'headings'],
    queryFn: async ({ signal }) => (await call(routes.listArticleHeadings, { params: { articleId }, signal })).items,
  })

interface Place {
  cursor?: string
  from?: BlockId
  before?: BlockId
}

/** The text from its start or from a block on, in both directions. */
export const blocksQuery = (articleId: ArticleId, start: BlockId | null) =>
  infiniteQueryOptions({
    queryKey: [...articleKeys.one(articleId), 'blocks', start],
    queryFn: ({ pageParam, signal }) =>
      call(routes.listArticleBlocks, { params: { articleId }, query: { ...pageParam, limit: 12 }, signal }),
    initialPageParam: (start ? { from: start } : {}) as Place,
    getNextPageParam: ({ nextCursor }): Place | null => (nextCursor ? { cursor: nextCursor } : null),
    getPreviousPageParam: ({ hasBefore, items }): Place | null => {
      const first = items[0]?.id
      return hasBefore && first ? { before: first } : null
    },
    staleTime: 5 * 60_000,
  })

export const revisionsQuery = (articleId: ArticleId) =>
  infiniteQueryOptions({
    queryKey: [...articleKeys.one(articleId), 'revisions'],
    queryFn: ({ pageParam, signal }) =>
      call(routes.listArticleRevisions, {
        params: { articleId },
        query: { limit: 30, ...(pageParam ? { cursor: pageParam } : {}) },
        signal,
      }),
    initialPageParam: '',
    getNextPageParam: (page) => page.nextCursor,
  })

export const comparisonQuery = (articleId: ArticleId, from: number, to: number) =>
  infiniteQueryOptions({
    queryKey: [...articleKeys.one(articleId), 'comparison', from, to],
    queryFn: ({ pageParam, signal }) =>
      call(routes.compareArticle, {
        params: { articleId },
        query: { from, to, ...(pageParam ? { cursor: pageParam } : {}) },
        signal,
      }),
    initialPageParam: '',
    getNextPageParam: (page) => page.nextCursor,
  })

export const guidelineQuery = (projectId: ProjectId) =>
  queryOptions({
    queryKey: articleKeys.guideline(projectId),
    queryFn: async ({ signal }) => (await call(routes.getGuideline, { params: { projectId }, signal })).article,
  })
