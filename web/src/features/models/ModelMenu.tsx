import { ActionIcon, Menu } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { IconDots } from '@tabler/icons-react'
import { useQueryClient } from '@tanstack/react-query'
import { type ModelVersion, routes } from '@vesalius/contracts'
import { useTranslation } from 'react-i18next'
import { call, urlOf } from '../../api/call.ts'
import { keys } from '../../api/keys.ts'
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx'
import { useAct } from '../../ui/use-act.ts'

/** What else can be done with a version: take it along, or remove it. */
export function ModelMenu({ model }: { model: ModelVersion }) {
  const { t } = useTranslation()
  const client = useQueryClient()
  const act = useAct()
  const [isRemoving, removing] = useDisclosure(false)
  const params = { modelVersionId: model.id }
  const remove = async () => {
    removing.close()
    await call(routes.deleteModel, { params })
    await client.invalidateQueries({ queryKey: keys.models(model.projectId) })
  }
  return (
    <>
      <Menu position="bottom-end">
        <Menu.Target>
          <ActionIcon variant="subtle" color="gray" aria-label={t('models.more', { number: model.number })}>
            <IconDots size={16} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item component="a" download href={urlOf(routes.getModelFile, { params })}>
            {t('training.downloadModel')}
          </Menu.Item>
          <Menu.Item component="a" download href={urlOf(routes.getModelArchive, { params })}>
            {t('models.archive')}
          </Menu.Item>
          <Menu.Item component="a" download href={urlOf(routes.getModelCard, { params })}>
            {t('models.card')}
          </Menu.Item>
          <Menu.Item component="a" target="_blank" href={urlOf(routes.getModelLabels, { params })}>
            {t('models.labels')}
          </Menu.Item>
          {model.state !== 'serving' && (
            <Menu.Item c="var(--trouble)" onClick={removing.open}>
              {t('models.delete')}
            </Menu.Item>
          )}
        </Menu.Dropdown>
      </Menu>
      {isRemoving && (
        <ConfirmDialog
          title={t('models.deleteTitle', { number: model.number })}
          text={t('models.deleteText')}
          stay={t('common.cancel')}
          go={t('models.delete')}
          onClose={removing.close}
          onConfirm={() => act(remove)}
        />
      )}
    </>
  )
}
