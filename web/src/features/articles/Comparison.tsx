import { Button, Text } from '@mantine/core'
import { useInfiniteQuery } from '@tanstack/react-query'
import type { ArticleId } from '@vesalius/contracts'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { ErrorNotice } from '../../ui/ErrorNotice.tsx'
import { Waiting } from '../../ui/Waiting.tsx'
import classes from './Articles.module.css'
import { comparisonQuery } from './article-queries.ts'
import { diffTexts } from './diff-texts.ts'

/** What changed between two revisions: lines taken out and put in, and within them the words. */
export function Comparison({ articleId, from, to }: { articleId: ArticleId; from: number; to: number }) {
  const { t } = useTranslation()
  const comparison = useInfiniteQuery(comparisonQuery(articleId, from, to))
  if (comparison.isPending) return <Waiting />
  if (comparison.isError) return <ErrorNotice error={comparison.error} onRetry={() => void comparison.refetch()} />
  const items = comparison.data.pages.flatMap((page, at) =>
    page.items.map((item, index) => ({ ...item, key: `${at} ${index}` })),
  )
  if (items.every(({ kind }) => kind === 'same')) return <Text c="dimmed">{t('articles.sameText')}</Text>
  return (
    <div className={classes.comparison}>
      {items.map((item) =>
        item.kind === 'same' ? (
          <p key={item.key} className={classes.same}>
            {t('articles.sameBlocks', { count: item.blocks })}
          </p>
        ) : (
          <Changed key={item.key} before={item.before} after={item.after} />
        ),
      )}
      {comparison.hasNextPage && (
        <Button
          variant="default"
          loading={comparison.isFetchingNextPage}
          onClick={() => void comparison.fetchNextPage()}
        >
          {t('articles.more')}
        </Button>
      )}
    </div>
  )
}

const TAGS = { removed: 'del', added: 'ins', same: 'span' } as const

function Changed({ before, after }: { before: string; after: string }) {
  const { i18n } = useTranslation()
  const lines = useMemo(() => diffTexts(before, after, i18n.language), [before, after, i18n.language])
  return (
    <div className={classes.changed}>
      {lines.map(({ kind, parts }, at) => {
        const Line = TAGS[kind]
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: the lines of one comparison never change places
          <Line key={at} className={classes.line} data-kind={kind}>
            {parts.map((part, place) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: as above
              <span key={place} data-word={part.isChanged || undefined}>
                {part.text}
              </span>
            ))}
          </Line>
        )
      })}
    </div>
  )
}
