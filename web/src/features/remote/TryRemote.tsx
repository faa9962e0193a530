import { Button, Code, Group, Stack, Text } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { type ProjectId, type RemoteTrial, routes } from '@vesalius/contracts'
import { useTranslation } from 'react-i18next'
import { call } from '../../api/call.ts'
import { useFormat } from '../../i18n/use-format.ts'
import { useProblemText } from '../../ui/use-problem-text.ts'

/** Asks the server about the newest image and shows what came back; nothing is stored. */
export function TryRemote({ projectId }: { projectId: ProjectId }) {
  const { t } = useTranslation()
  const problemText = useProblemText()
  const ask = useMutation({ mutationFn: () => call(routes.tryRemote, { params: { projectId }, body: {} }) })
  return (
    <Stack gap="xs">
      <Group>
        <Button variant="default" loading={ask.isPending} onClick={() => ask.mutate()}>
          {t('remote.try')}
        </Button>
        <Text size="sm" c="dimmed">
          {t('remote.tryHelp')}
        </Text>
      </Group>
      {ask.isError && (
        <Text role="alert" c="var(--trouble)">
          {problemText(ask.error)}
        </Text>
      )}
      {ask.data && <Outcome trial={ask.data} />}
    </Stack>
  )
}

function Outcome({ trial }: { trial: RemoteTrial }) {
  const { t } = useTranslation()
  const format = useFormat()
  const { problem, imageName, milliseconds, score, label, said } = trial
  const seconds = format.number(milliseconds / 1000, 1)
  return (
    <Stack gap={6}>
      {problem ? (
        <Text role="alert" c="var(--trouble)">
          {t('remote.tryFailed', { image: imageName })} {problem}
        </Text>
      ) : (
        <Text role="status">
          {t('remote.tryWorked', { image: imageName, seconds, answer: describe(label) })}
          {score !== null && ` · ${format.percent(score)}`}
        </Text>
      )}
      {said !== '' && (
        <Code block aria-label={t('remote.said')} tabIndex={0} style={{ maxHeight: 220, overflow: 'auto' }}>
          {said}
        </Code>
      )}
    </Stack>
  )
}

/** The answer in one line: the class, or how many marks of each. */
function describe(label: unknown): string {
  const { key, value, boxes, masks } = (label ?? {}) as {
    key?: string[] | Record<string, string>
    value?: number
    boxes?: { class: number }[]
    masks?: { class: number }[]
  }
  const names = Array.isArray(key) ? key : Object.values(key ?? {})
  const marks = boxes ?? masks
  if (marks) return names.map((name, at) => `${name} × ${marks.filter((mark) => mark.class === at).length}`).join(', ')
  // The first writing of a binary label holds the probability of the second class.
  const place = Array.isArray(key) ? (value ?? 0) : Number((value ?? 0) >= 0.5)
  return names[place] ?? ''
}
