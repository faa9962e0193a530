import { useQueryClient } from '@tanstack/react-query'
import { type ModelVersion, routes } from '@vesalius/contracts'
import { useTranslation } from 'react-i18next'
import { call } from '../../api/call.ts'
import { keys } from '../../api/keys.ts'
import { useAct } from '../../ui/use-act.ts'

/** Lets a version make the guesses; the server guesses anew in the background. */
export function usePromote({ id, number, projectId }: ModelVersion): () => void {
  const { t } = useTranslation()
  const client = useQueryClient()
  const act = useAct()
  const promote = async () => {
    await call(routes.promoteModel, { params: { modelVersionId: id } })
    await client.invalidateQueries({ queryKey: keys.models(projectId) })
  }
  return () => act(promote, t('training.promoted', { number }))
}
