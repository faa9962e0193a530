import { Button } from '@mantine/core'
import { IconArrowBackUp } from '@tabler/icons-react'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { type ModelVersion, type Project, routes } from '@vesalius/contracts'
import { useTranslation } from 'react-i18next'
import { call } from '../../api/call.ts'
import { keys } from '../../api/keys.ts'
import { useAct } from '../../ui/use-act.ts'
import { servingsQuery } from './model-queries.ts'

/** Brings the version back that served before, at once. */
export function RollBack({ project, models }: { project: Project; models: readonly ModelVersion[] }) {
  const { t } = useTranslation()
  const client = useQueryClient()
  const act = useAct()
  const target = useQuery(servingsQuery(project.id)).data?.rollbackTo
  const number = models.find(({ id }) => id === target)?.number
  if (number === undefined) return null
  const rollBack = async () => {
    await call(routes.rollBack, { params: { projectId: project.id } })
    await client.invalidateQueries({ queryKey: keys.models(project.id) })
  }
  return (
    <Button
      variant="default"
      leftSection={<IconArrowBackUp size={16} />}
      title={t('models.rollBackText')}
      onClick={() => act(rollBack, t('models.rolledBack', { number }))}
    >
      {t('models.rollBack', { number })}
    </Button>
  )
}
