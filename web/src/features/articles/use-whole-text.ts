import { useQueryClient } from '@tanstack/react-query'
import { type Article, routes } from '@vesalius/contracts'
import { call } from '../../api/call.ts'
import { blocksQuery } from './article-queries.ts'

const MOST_PAGES = 1000

/** What needs every block: paper, and a file. */
export function useWholeText(article: Article) {
  const client = useQueryClient()
  return {
    print: async () => {
      await client.fetchInfiniteQuery({ ...blocksQuery(article.id, null), pages: MOST_PAGES, staleTime: 0 })
      await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)))
      window.print()
    },
    download: async () => {
      const { text } = await call(routes.getArticleText, { params: { articleId: article.id } })
      const address = URL.createObjectURL(new Blob([text], { type: 'text/markdown' }))
      const link = document.createElement('a')
      link.href = address
      link.download = `${article.title.replace(/[\\/:*?"<>|]+/g, ' ').trim()}.md`
      link.click()
      URL.revokeObjectURL(address)
    },
  }
}
