import { Checkbox } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { holdsRight, type Image, type Project } from '@vesalius/contracts'
import { memo } from 'react'
import { useTranslation } from 'react-i18next'
import classes from './GalleryPage.module.css'
import { ImageChips } from './ImageChips.tsx'
import type { ImageFilter } from './image-filter.ts'
import { previewUrl } from './image-queries.ts'
import { TileMenu } from './TileMenu.tsx'

interface Props {
  project: Project
  image: Image
  filter: ImageFilter
  isChosen: boolean
  onChoose: (imageId: string, isRange: boolean) => void
}

export const ImageTile = memo(function ImageTile({ project, image, filter, isChosen, onChoose }: Props) {
  const { t } = useTranslation()
  return (
    <article className={classes.tile} data-chosen={isChosen || undefined}>
      <Link
        to="/projects/$projectId/annotate"
        params={{ projectId: project.id }}
        search={{ ...filter, image: image.id }}
        className={classes.picture}
        aria-label={t('gallery.openImage', { name: image.name })}
      >
        <img src={previewUrl(image.id, 320)} alt="" loading="lazy" decoding="async" />
      </Link>
      <Checkbox
        size="sm"
        className={classes.choose}
        aria-label={t('files.choose', { name: image.name })}
        checked={isChosen}
        onChange={() => {}}
        onClick={(event) => onChoose(image.id, event.shiftKey)}
      />
      <div className={classes.caption}>
        <span className={classes.name} title={image.name}>
          {image.name}
        </span>
        <div className={classes.answers}>
          <ImageChips project={project} image={image} />
        </div>
      </div>
      <TileMenu image={image} mayManage={holdsRight(project.access, 'manage')} />
    </article>
  )
})
