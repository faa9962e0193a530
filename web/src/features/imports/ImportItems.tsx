import { Anchor, Button } from '@mantine/core'
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { Import, ImportItem, ImportItemState } from '@vesalius/contracts'
import { useTranslation } from 'react-i18next'
import { ErrorNotice } from '../../ui/ErrorNotice.tsx'
import { useFileProblemText } from '../../ui/use-reason-text.ts'
import classes from './Imports.module.css'
import { importItemsQuery } from './import-queries.ts'

interface Props {
  given: Import
  state: ImportItemState
  /** How many there are by now: with more, the list is asked for again. */
  count: number
}

/** The files of one kind, page by page, each with its reason or its image. */
export function ImportItems({ given, state, count }: Props) {
  const { t } = useTranslation()
  const items = useInfiniteQuery({ ...importItemsQuery(given.id, state, count), placeholderData: keepPreviousData })
  if (items.isError) return <ErrorNotice error={items.error} onRetry={() => void items.refetch()} />
  return (
    <div>
      <ul className={classes.items}>
        {items.data?.pages.flatMap((page) =>
          page.items.map((item) => <ItemRow key={item.position} projectId={given.projectId} item={item} />),
        )}
      </ul>
      {items.hasNextPage && (
        <Button
          size="compact-sm"
          variant="subtle"
          loading={items.isFetchingNextPage}
          onClick={() => void items.fetchNextPage()}
        >
          {t('imports.more')}
        </Button>
      )}
    </div>
  )
}

function ItemRow({ projectId, item }: { projectId: string; item: ImportItem }) {
  const { t } = useTranslation()
  const problemText = useFileProblemText()
  const { imageId, error } = item
  return (
    <li className={classes.item}>
      <span className={classes.path}>{item.path}</span>
      {error && item.state === 'refused' && <span className={classes.reason}>{problemText(error)}</span>}
      {imageId && (
        <Anchor
          size="sm"
          renderRoot={(props) => (
            <Link {...props} to="/projects/$projectId/annotate" params={{ projectId }} search={{ image: imageId }} />
          )}
        >
          {t(item.state === 'duplicate' ? 'imports.showTwin' : 'imports.showImage')}
        </Anchor>
      )}
    </li>
  )
}
