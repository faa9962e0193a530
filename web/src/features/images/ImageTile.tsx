import { ActionIcon, Menu } from '@mantine/core'
import { IconDots, IconDownload, IconRefresh, IconTrash } from '@tabler/icons-react'
import { useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { type Image, type Project, routes } from '@vesalius/contracts'
import { memo } from 'react'
import { useTranslation } from 'react-i18next'
import { call } from '../../api/call.ts'
import { dropImage } from '../../api/patch-caches.ts'
import { useAct } from '../../ui/use-act.ts'
import classes from './GalleryPage.module.css'
import { ImageChips } from './ImageChips.tsx'
import type { ImageFilter } from './image-filter.ts'
import { fileUrl, previewUrl } from './image-queries.ts'

export const ImageTile = memo(function ImageTile(props: { project: Project; image: Image; filter: ImageFilter }) {
  const { project, image, filter } = props
  const { t } = useTranslation()
  return (
    <article className={classes.tile}>
      <Link
        to="/projects/$projectId/annotate"
        params={{ projectId: project.id }}
        search={{ ...filter, image: image.id }}
        className={classes.picture}
        aria-label={t('gallery.openImage', { name: image.name })}
      >
        <img src={previewUrl(image.id, 320)} alt="" loading="lazy" decoding="async" />
      </Link>
      <div className={classes.caption}>
        <span className={classes.name} title={image.name}>
          {image.name}
        </span>
        <div className={classes.answers}>
          <ImageChips project={project} image={image} />
        </div>
      </div>
      <TileMenu image={image} />
    </article>
  )
})

function TileMenu({ image }: { image: Image }) {
  const { t } = useTranslation()
  const client = useQueryClient()
  const act = useAct()
  const params = { imageId: image.id }
  const remove = async () => {
    await call(routes.deleteImage, { params })
    dropImage(client, image.projectId, image.id)
  }
  return (
    <div className={classes.menu}>
      <Menu position="bottom-end">
        <Menu.Target>
          <ActionIcon size="sm" variant="subtle" color="gray" aria-label={t('gallery.actions', { name: image.name })}>
            <IconDots size={16} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item component="a" href={fileUrl(image.id)} download leftSection={<IconDownload size={15} />}>
            {t('gallery.downloadOriginal')}
          </Menu.Item>
          {image.annotatedAt === null && (
            <Menu.Item
              leftSection={<IconRefresh size={15} />}
              onClick={() => act(() => call(routes.prelabelImage, { params }))}
            >
              {t('gallery.retryGuess')}
            </Menu.Item>
          )}
          <Menu.Item
            color="cinnabar"
            leftSection={<IconTrash size={15} />}
            onClick={() => act(remove, t('gallery.deleted'))}
          >
            {t('gallery.deleteImage')}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
    </div>
  )
}
