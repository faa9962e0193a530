import { Radio, Stack } from '@mantine/core'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { type Algorithm, answersAtOnce, isPolled, type Project, routes } from '@vesalius/contracts'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { call } from '../../api/call.ts'
import { keys } from '../../api/keys.ts'
import { Card } from '../../ui/Card.tsx'
import { useAct } from '../../ui/use-act.ts'
import { DeliveryList } from './DeliveryList.tsx'
import { RemoteForm } from './RemoteForm.tsx'
import { remoteKeys, remoteQuery } from './remote-queries.ts'
import { SignatureSecret } from './SignatureSecret.tsx'
import { TryRemote } from './TryRemote.tsx'
import { WorkerTokens } from './WorkerTokens.tsx'

interface Props {
  project: Project
  algorithm: Algorithm
}

/** Where guesses and models are made: by this server, or by a machine elsewhere. */
export function RemoteCard({ project, algorithm }: Props) {
  const { t } = useTranslation()
  const client = useQueryClient()
  const act = useAct()
  const params = { projectId: project.id }
  const query = useQuery(remoteQuery(project.id))
  const [wish, setWish] = useState<Algorithm['strategy']>(algorithm.strategy)
  const server = query.data ?? null
  const setStrategy = async (strategy: Algorithm['strategy']) => {
    const saved = await call(routes.putAlgorithm, { params, body: { ...algorithm, strategy } })
    client.setQueryData(keys.algorithm(project.id), saved)
    await client.invalidateQueries({ queryKey: keys.algorithm(project.id) })
  }
  const choose = (strategy: Algorithm['strategy']) => {
    setWish(strategy)
    if (strategy === 'local' && algorithm.strategy === 'remote') act(() => setStrategy('local'), t('common.saved'))
  }
  const onSaved = async () => {
    await client.invalidateQueries({ queryKey: remoteKeys.server(project.id) })
    if (algorithm.strategy !== 'remote') await setStrategy('remote')
  }
  if (query.isPending) return null
  const kind = server?.settings.kind
  return (
    <Card title={t('remote.title')} text={t('remote.text')}>
      <Stack gap="md">
        <Radio.Group label={t('remote.strategy')} value={wish} onChange={(value) => choose(value as typeof wish)}>
          <Stack gap={8} mt={6}>
            {(['local', 'remote'] as const).map((one) => (
              <Radio
                key={one}
                value={one}
                label={t(`remote.strategies.${one}.name`)}
                description={t(`remote.strategies.${one}.text`)}
              />
            ))}
          </Stack>
        </Radio.Group>
        {wish === 'remote' && (
          <RemoteForm
            key={server?.updatedAt ?? 'new'}
            projectId={project.id}
            server={server}
            isInUse={algorithm.strategy === 'remote'}
            onSaved={onSaved}
          />
        )}
        {wish === 'remote' && kind && (
          <>
            {kind === 'push' && server && <SignatureSecret server={server} />}
            {isPolled(kind) && <WorkerTokens owner={params} showsCommand={kind === 'worker'} />}
            {answersAtOnce(kind) && <TryRemote projectId={project.id} />}
            <DeliveryList projectId={project.id} />
          </>
        )}
      </Stack>
    </Card>
  )
}
