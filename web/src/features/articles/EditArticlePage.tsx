import { useQuery } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { type ArticleId, holdsRight } from '@vesalius/contracts'
import { ApiProblem } from '../../api/problem.ts'
import { ErrorNotice } from '../../ui/ErrorNotice.tsx'
import { Waiting } from '../../ui/Waiting.tsx'
import { ArticleForm } from './ArticleForm.tsx'
import { articleQuery, articleTextQuery } from './article-queries.ts'
import { LongEditor } from './LongEditor.tsx'

/** UTF-8 bytes up to which an article is edited in one field. */
const MOST_IN_ONE_FIELD = 96 * 1024

export function NewArticlePage() {
  return <ArticleForm known={null} />
}

/** A short article as one text, a long one block by block. */
export function EditArticlePage() {
  const { articleId } = useParams({ strict: false }) as { articleId: ArticleId }
  const article = useQuery(articleQuery(articleId))
  const isShort = article.data !== undefined && article.data.bytes <= MOST_IN_ONE_FIELD
  const text = useQuery({ ...articleTextQuery(articleId), enabled: isShort })
  const error = article.error ?? text.error
  if (error) return <ErrorNotice error={error} />
  if (!article.data || (isShort && text.isPending)) return <Waiting />
  if (article.data.frozenAt) return <ErrorNotice error={new ApiProblem('ARTICLE_FROZEN', 409)} />
  if (!holdsRight(article.data.access, 'review')) return <ErrorNotice error={new ApiProblem('FORBIDDEN', 403)} />
  if (!isShort || !text.data) return <LongEditor article={article.data} />
  return <ArticleForm key={articleId} known={{ article: article.data, ...text.data }} />
}
