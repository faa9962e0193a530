import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import type { ArticleHeading, ArticleId } from '@vesalius/contracts'
import { useCallback, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useFormat } from '../../i18n/use-format.ts'
import { ErrorNotice } from '../../ui/ErrorNotice.tsx'
import { Page } from '../../ui/Page.tsx'
import { Waiting } from '../../ui/Waiting.tsx'
import { prepareMarkdown } from '../markdown/Markdown.tsx'
import { ArticleActions } from './ArticleActions.tsx'
import { ArticleComments } from './ArticleComments.tsx'
import { ArticleContents } from './ArticleContents.tsx'
import { ArticleMarks } from './ArticleMarks.tsx'
import classes from './Articles.module.css'
import { ArticleText } from './ArticleText.tsx'
import { articleQuery, blocksQuery, headingsQuery } from './article-queries.ts'

// This page is loaded as soon as somebody points at a link to it.
prepareMarkdown()

/** An article as it is read: its text, its contents list, and what may be done with it. */
export function ArticlePage() {
  const { articleId } = useParams({ strict: false }) as { articleId: ArticleId }
  return <Reader key={articleId} articleId={articleId} />
}

function Reader({ articleId }: { articleId: ArticleId }) {
  const { t } = useTranslation()
  const format = useFormat()
  const article = useQuery(articleQuery(articleId))
  const isTextThere = useInfiniteQuery(blocksQuery(articleId, null)).isSuccess
  // The contents list of a long article takes longer than its first screen, which does not wait for it.
  const headings = useQuery({ ...headingsQuery(articleId), enabled: isTextThere }).data ?? []
  const [target, setTarget] = useState<ArticleHeading | null>(null)
  const goTo = useCallback((heading: ArticleHeading) => setTarget({ ...heading }), [])
  if (article.isPending) return <Waiting />
  if (article.isError) return <ErrorNotice error={article.error} onRetry={() => void article.refetch()} />
  const { title, author, updatedBy, updatedAt } = article.data
  return (
    <Page>
      <div className={classes.reader}>
        <header className={classes.head}>
          <div className={classes.headLine}>
            <h1 className={classes.title}>{title}</h1>
            <ArticleActions article={article.data} />
          </div>
          <p className={classes.facts}>
            <ArticleMarks article={article.data} />{' '}
            {t('articles.written', {
              author: author.username,
              name: updatedBy.username,
              ago: format.ago(updatedAt),
            })}
          </p>
        </header>
        <ArticleContents headings={headings} onChoose={goTo} />
        <div className={classes.body}>
          <ArticleText articleId={articleId} headings={headings} target={target} onHeading={goTo} />
          <ArticleComments articleId={articleId} />
        </div>
      </div>
    </Page>
  )
}
