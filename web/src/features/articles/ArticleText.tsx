import { Button, Loader, Text } from '@mantine/core'
import { useInfiniteQuery } from '@tanstack/react-query'
import type { ArticleBlock, ArticleHeading, ArticleId, BlockId } from '@vesalius/contracts'
import { type ReactNode, useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ErrorNotice } from '../../ui/ErrorNotice.tsx'
import { Waiting } from '../../ui/Waiting.tsx'
import { Markdown } from '../markdown/Markdown.tsx'
import classes from './Articles.module.css'
import { blocksQuery } from './article-queries.ts'

interface Props {
  articleId: ArticleId
  headings: readonly ArticleHeading[]
  /** Where to go; a new object goes there again. */
  target: ArticleHeading | null
  onHeading: (heading: ArticleHeading) => void
  /** What stands for a block instead of its text. */
  renderBlock?: (block: ArticleBlock, shown: ReactNode) => ReactNode
}

/** The text by blocks: the first ones at once, more when the reader comes near, in both directions. */
export function ArticleText({ articleId, headings, target, onHeading, renderBlock }: Props) {
  const { t } = useTranslation()
  const [start, setStart] = useState<BlockId | null>(null)
  const blocks = useInfiniteQuery(blocksQuery(articleId, start))
  const { hasNextPage, isFetchingNextPage, fetchNextPage } = blocks
  const end = useRef<HTMLDivElement>(null)
  const items = blocks.data?.pages.flatMap((page) => page.items) ?? []
  const isThere = target !== null && items.some(({ id }) => id === target.blockId)

  useEffect(() => {
    const element = end.current
    if (!element || !hasNextPage || isFetchingNextPage) return
    const watch = new IntersectionObserver(([entry]) => entry?.isIntersecting && void fetchNextPage(), {
      rootMargin: '1200px',
    })
    watch.observe(element)
    return () => watch.disconnect()
  }, [hasNextPage, isFetchingNextPage, fetchNextPage])

  useEffect(() => {
    if (!target) return
    if (!isThere) return setStart(target.blockId)
    const place = `${prefixOf(target.blockId)}-h${target.index}`
    const element = document.getElementById(place) ?? document.getElementById(prefixOf(target.blockId))
    element?.scrollIntoView({ block: 'start' })
  }, [target, isThere])

  const follow = (name: string) => {
    const wanted = slugOf(name)
    const heading = headings.find(({ text }) => slugOf(text) === wanted)
    if (heading) onHeading(heading)
  }
  if (blocks.isPending) return <Waiting />
  if (blocks.isError && items.length === 0) {
    return <ErrorNotice error={blocks.error} onRetry={() => void blocks.refetch()} />
  }
  return (
    <article className={classes.text}>
      {blocks.hasPreviousPage && (
        <Button
          variant="default"
          loading={blocks.isFetchingPreviousPage}
          onClick={() => void blocks.fetchPreviousPage()}
          className={classes.noPrint}
        >
          {t('articles.before')}
        </Button>
      )}
      {items.length === 0 && <Text c="dimmed">{t('articles.noText')}</Text>}
      {items.map((block) => {
        const shown = <Markdown text={block.text} prefix={prefixOf(block.id)} onHeading={follow} />
        return (
          <div key={block.id} id={prefixOf(block.id)} className={classes.block}>
            {renderBlock ? renderBlock(block, shown) : shown}
          </div>
        )
      })}
      <div ref={end} className={classes.end} role="status">
        {isFetchingNextPage && <Loader size={20} aria-label={t('common.loading')} />}
      </div>
    </article>
  )
}

const prefixOf = (blockId: string) => `b-${blockId}`

/** As anchors of headings are written elsewhere: letters and digits, joined by dashes. */
const slugOf = (text: string) =>
  text
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\s-]/gu, '')
    .trim()
    .replace(/\s+/g, '-')
