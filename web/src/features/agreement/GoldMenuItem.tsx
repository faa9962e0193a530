import { Menu } from '@mantine/core'
import { IconMedal } from '@tabler/icons-react'
import { useQueryClient } from '@tanstack/react-query'
import { type Image, routes } from '@vesalius/contracts'
import { useTranslation } from 'react-i18next'
import { call } from '../../api/call.ts'
import { keys } from '../../api/keys.ts'
import { useAct } from '../../ui/use-act.ts'

/** Keeps the label of an image as a reference that annotators do not see. */
export function GoldMenuItem({ image }: { image: Image }) {
  const { t } = useTranslation()
  const client = useQueryClient()
  const act = useAct()
  if (image.annotatedAt === null) return null
  const make = async () => {
    await call(routes.makeGold, { params: { imageId: image.id } })
    await client.invalidateQueries({ queryKey: keys.gold(image.projectId) })
  }
  return (
    <Menu.Item leftSection={<IconMedal size={15} />} onClick={() => act(make, t('gold.made', { name: image.name }))}>
      {t('gold.make')}
    </Menu.Item>
  )
}
