import { ActionIcon, Menu } from '@mantine/core'
import { IconCopy, IconDots, IconDownload, IconPencil, IconUserPlus } from '@tabler/icons-react'
import type { Image } from '@vesalius/contracts'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { GoldMenuItem } from '../agreement/GoldMenuItem.tsx'
import { type Asking, DeedDialogs } from './DeedDialogs.tsx'
import { DEED_ICONS } from './deed-icons.ts'
import classes from './GalleryPage.module.css'
import { deedsFor, type SimpleDeed } from './image-deeds.ts'
import { fileUrl } from './image-queries.ts'
import { useDeeds } from './use-deeds.tsx'

/** All that can be done to one image; `mayManage`: not only seen and labelled. */
export function TileMenu({ image, mayManage }: { image: Image; mayManage: boolean }) {
  const { t } = useTranslation()
  const { run } = useDeeds(image.projectId)
  const [asking, setAsking] = useState<Asking | null>(null)
  const isInBin = image.state === 'DELETED'
  const start = (deed: SimpleDeed) =>
    deed === 'purge' ? setAsking('purge') : void run({ action: deed }, [image.id], [image])
  return (
    <div className={classes.menu}>
      <Menu position="bottom-end">
        <Menu.Target>
          <ActionIcon size="sm" variant="subtle" color="gray" aria-label={t('gallery.actions', { name: image.name })}>
            <IconDots size={16} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          {!isInBin && (
            <Menu.Item component="a" href={fileUrl(image.id)} download leftSection={<IconDownload size={15} />}>
              {t('gallery.downloadOriginal')}
            </Menu.Item>
          )}
          {mayManage && !isInBin && (
            <>
              {image.state !== 'FROZEN' && (
                <Menu.Item leftSection={<IconPencil size={15} />} onClick={() => setAsking('rename')}>
                  {t('files.rename')}
                </Menu.Item>
              )}
              <Menu.Item leftSection={<IconUserPlus size={15} />} onClick={() => setAsking('share')}>
                {t('files.share')}
              </Menu.Item>
              <Menu.Item leftSection={<IconCopy size={15} />} onClick={() => setAsking('copy')}>
                {t('files.copy')}
              </Menu.Item>
              <GoldMenuItem image={image} />
            </>
          )}
          {mayManage &&
            deedsFor([image]).map((deed) => {
              const Icon = DEED_ICONS[deed]
              const isGrave = deed === 'delete' || deed === 'purge'
              return (
                <Menu.Item
                  key={deed}
                  c={isGrave ? 'var(--trouble)' : undefined}
                  leftSection={<Icon size={15} />}
                  onClick={() => start(deed)}
                >
                  {t(`files.act.${deed}`)}
                </Menu.Item>
              )
            })}
        </Menu.Dropdown>
      </Menu>
      <DeedDialogs
        asking={asking}
        images={[image]}
        onDeed={(deed) => void run(deed, [image.id], [image])}
        onClose={() => setAsking(null)}
      />
    </div>
  )
}
