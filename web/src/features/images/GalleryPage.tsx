import { Button, FileButton } from '@mantine/core'
import { IconFilterOff, IconPencil, IconPhotoUp, IconUpload } from '@tabler/icons-react'
import { useInfiniteQuery } from '@tanstack/react-query'
import { useSearch } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { ErrorNotice } from '../../ui/ErrorNotice.tsx'
import { LinkButton } from '../../ui/LinkButton.tsx'
import { Notice } from '../../ui/Notice.tsx'
import { useNames } from '../projects/default-names.ts'
import { useProject } from '../projects/use-project.ts'
import { useUploads } from '../uploads/uploads-context.tsx'
import { useFileDrop } from '../uploads/use-file-drop.ts'
import { GalleryFilters } from './GalleryFilters.tsx'
import { GalleryGrid } from './GalleryGrid.tsx'
import classes from './GalleryPage.module.css'
import { isNarrowed, pickFilter } from './image-filter.ts'
import { imagesQuery } from './image-queries.ts'

export function GalleryPage() {
  const { t } = useTranslation()
  const project = useProject()
  const { projectName } = useNames()
  const uploads = useUploads()
  const filter = pickFilter(useSearch({ from: '/app/projects/$projectId/' }))
  const images = useInfiniteQuery(imagesQuery(project.id, filter))
  const upload = (files: File[]) =>
    uploads.add(
      project.id,
      files.map((file) => ({ file })),
    )
  const isDropping = useFileDrop(upload)
  const items = images.data?.pages.flatMap((page) => page.items) ?? []
  const params = { projectId: project.id }
  const chooser = (label: string, isMain: boolean) => (
    <FileButton multiple accept="image/*,.dcm,.tif,.tiff" onChange={upload}>
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
      <div className={classes.bar}>
        <GalleryFilters project={project} filter={filter} />
        <span className={classes.count}>
          {images.hasNextPage && !isNarrowed(filter)
            ? t('gallery.summaryMore', { shown: items.length, total: project.counts.images })
            : t('gallery.summary', { shown: items.length })}
        </span>
        {items.length > 0 && chooser(t('gallery.upload'), false)}
        {items.length > 0 && (
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
      {images.isError && (
        <ErrorNotice title={t('gallery.errorTitle')} error={images.error} onRetry={() => void images.refetch()} />
      )}
      {images.isSuccess && items.length === 0 && isNarrowed(filter) && (
        <Notice icon={<IconFilterOff size={26} stroke={1.6} />} title={t('gallery.noMatchTitle')} actions={clear}>
          {t('gallery.noMatchText')}
        </Notice>
      )}
      {images.isSuccess && items.length === 0 && !isNarrowed(filter) && (
        <Notice
          icon={<IconPhotoUp size={26} stroke={1.6} />}
          title={t('gallery.emptyTitle')}
          actions={chooser(t('gallery.emptyChoose'), true)}
        >
          {t('gallery.emptyText')}
          <br />
          {t('gallery.emptyAfter')}
        </Notice>
      )}
      {items.length > 0 && (
        <GalleryGrid
          project={project}
          items={items}
          filter={filter}
          onEnd={() => images.hasNextPage && !images.isFetching && void images.fetchNextPage()}
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
