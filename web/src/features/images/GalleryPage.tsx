import { Button, FileButton } from '@mantine/core'
import { IconFilterOff, IconPencil, IconPhotoUp, IconUpload } from '@tabler/icons-react'
import { useInfiniteQuery } from '@tanstack/react-query'
import { useSearch } from '@tanstack/react-router'
import { holdsRight } from '@vesalius/contracts'
import { useMemo, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { ErrorNotice } from '../../ui/ErrorNotice.tsx'
import { LinkButton } from '../../ui/LinkButton.tsx'
import { Notice } from '../../ui/Notice.tsx'
import { useAct } from '../../ui/use-act.ts'
import { Waiting } from '../../ui/Waiting.tsx'
import { ImportButton } from '../imports/ImportButton.tsx'
import { ExportButton } from '../interchange/ExportButton.tsx'
import { useNames } from '../projects/default-names.ts'
import { useProject } from '../projects/use-project.ts'
import { ReviewLinks } from '../reviews/ReviewLinks.tsx'
import { asFound } from '../uploads/collect-files.ts'
import { type Found, pairLabels } from '../uploads/pair-labels.ts'
import { useUploads } from '../uploads/uploads-context.tsx'
import { useFileDrop } from '../uploads/use-file-drop.ts'
import { GalleryFilters } from './GalleryFilters.tsx'
import { GalleryGrid } from './GalleryGrid.tsx'
import classes from './GalleryPage.module.css'
import { isNarrowed, pickFilter } from './image-filter.ts'
import { imagesQuery } from './image-queries.ts'
import { SelectionBar } from './SelectionBar.tsx'
import { useLiveOrder } from './use-live-order.ts'
import { useSelection } from './use-selection.ts'

/** Tiles change places only once the pointer has rested for so long: nobody wants to open the wrong image. */
const SETTLED_MS = 2000

export function GalleryPage() {
  const { t } = useTranslation()
  const project = useProject()
  const { projectName } = useNames()
  const uploads = useUploads()
  const filter = pickFilter(useSearch({ from: '/app/projects/$projectId/' }))
  const images = useInfiniteQuery(imagesQuery(project.id, filter))
  const act = useAct()
  const upload = (found: readonly Found[]) =>
    act(async () => {
      const { files, lonely } = await pairLabels(found)
      uploads.add(
        project.id,
        files.map((file) => ({ ...file, duplicates: project.duplicates })),
      )
      if (lonely.length > 0) uploads.refuse(project.id, lonely)
    })
  const isDropping = useFileDrop(upload)
  const items = useMemo(() => images.data?.pages.flatMap((page) => page.items) ?? [], [images.data])
  const isEmpty = images.isSuccess && items.length === 0 && !isNarrowed(filter)
  const moved = useRef(0)
  useLiveOrder(
    filter.order === 'uncertain',
    items,
    () => void images.refetch(),
    () => Date.now() - moved.current < SETTLED_MS,
  )
  const params = { projectId: project.id }
  const selection = useSelection(project.id, filter, items)
  const mayManage = holdsRight(project.access, 'manage')
  const isBin = filter.state === 'DELETED'
  const chooser = (label: string, isMain: boolean) => (
    <FileButton multiple accept="image/*,.dcm,.tif,.tiff,.zip,.label" onChange={(files) => upload(asFound(files))}>
      {(props) => (
        <Button {...props} variant={isMain ? 'filled' : 'default'} leftSection={<IconUpload size={16} />}>
          {label}
        </Button>
      )}
    </FileButton>
  )
  const clear = (
    <LinkButton to="/projects/$projectId" params={params} search={{}} variant="default">
      {t('gallery.clearFilters')}
    </LinkButton>
  )
  return (
    <div className={classes.page}>
      {!isEmpty && (
        <div className={classes.bar}>
          <div className={classes.filters}>
            <GalleryFilters project={project} filter={filter} />
            <span className={classes.count}>
              {images.hasNextPage && !isNarrowed(filter)
                ? t('gallery.summaryMore', { shown: items.length, total: project.counts.images })
                : t('gallery.summary', { shown: items.length })}
            </span>
          </div>
          <div className={classes.actions}>
            {!isBin && <ReviewLinks project={project} />}
            {items.length > 0 && !isBin && holdsRight(project.access, 'view') && filter.study === undefined && (
              <ExportButton project={project} filter={filter} />
            )}
            {mayManage && !isBin && <ImportButton project={project} />}
            {mayManage && !isBin && chooser(t('gallery.upload'), false)}
            {items.length > 0 && !isBin && (
              <LinkButton
                to="/projects/$projectId/annotate"
                params={params}
                search={filter}
                leftSection={<IconPencil size={16} />}
              >
                {t('gallery.annotateAll')}
              </LinkButton>
            )}
          </div>
        </div>
      )}
      {isBin && items.length > 0 && <p className={classes.binHint}>{t('files.binText')}</p>}
      {images.isPending && <Waiting />}
      {images.isError && !images.data && (
        <ErrorNotice title={t('gallery.errorTitle')} error={images.error} onRetry={() => void images.refetch()} />
      )}
      {images.isSuccess && items.length === 0 && isNarrowed(filter) && (
        <Notice
          icon={<IconFilterOff size={26} stroke={1.6} />}
          title={t(isBin ? 'files.binEmptyTitle' : 'gallery.noMatchTitle')}
          actions={clear}
        >
          {t(isBin ? 'files.binText' : 'gallery.noMatchText')}
        </Notice>
      )}
      {isEmpty && (
        <Notice
          icon={<IconPhotoUp size={26} stroke={1.6} />}
          title={t('gallery.emptyTitle')}
          actions={
            <>
              {chooser(t('gallery.emptyChoose'), true)}
              {mayManage && <ImportButton project={project} />}
            </>
          }
        >
          {t('gallery.emptyText')}
          <span className={classes.after}>{t('gallery.emptyAfter')}</span>
        </Notice>
      )}
      {items.length > 0 && (
        <GalleryGrid
          project={project}
          items={items}
          filter={filter}
          chosen={selection.ids}
          onChoose={selection.choose}
          onPointer={() => {
            moved.current = Date.now()
          }}
          onEnd={() => images.hasNextPage && !images.isFetching && void images.fetchNextPage()}
        />
      )}
      {selection.images.length > 0 && (
        <SelectionBar
          project={project}
          images={selection.images}
          onAll={selection.images.length < items.length || images.hasNextPage ? selection.gather : null}
          onClear={selection.clear}
        />
      )}
      {isDropping && (
        <div className={classes.drop}>
          {t('gallery.dropTitle')} {t('gallery.dropText', { name: projectName(project) })}
        </div>
      )}
    </div>
  )
}
