import { Button, Group, Select, Stack, Text } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import {
  type DicomPush,
  type DicomSource,
  FORMAT_FAMILIES,
  OBJECT_FORMATS,
  type ObjectFormat,
  type Project,
  routes,
  taskTypeOf,
} from '@vesalius/contracts'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { call } from '../../api/call.ts'
import { useFormat } from '../../i18n/use-format.ts'
import { Card } from '../../ui/Card.tsx'
import { Trouble } from '../../ui/Trouble.tsx'
import { useProblemText } from '../../ui/use-problem-text.ts'
import { useFileProblemText } from '../../ui/use-reason-text.ts'
import classes from './Dicom.module.css'
import { dicomKeys, dicomPushesQuery, isSending } from './dicom-source-queries.ts'

interface Props {
  project: Project
  source: DicomSource
}

/** Annotations go back to where the images came from, as objects that other programs read. */
export function SendBack({ project, source }: Props) {
  const { t } = useTranslation()
  const client = useQueryClient()
  const problemText = useProblemText()
  const formats = OBJECT_FORMATS.filter((name) => FORMAT_FAMILIES[name].includes(taskTypeOf(project.taskType).family))
  const [format, setFormat] = useState<ObjectFormat | undefined>(formats[0])
  const pushes = useQuery(dicomPushesQuery(project.id))
  const refresh = () => client.invalidateQueries({ queryKey: dicomKeys.pushes(project.id) })
  const send = useMutation({
    mutationFn: async () => {
      if (!format) return
      const params = { projectId: project.id, dicomSourceId: source.id }
      await call(routes.pushObjects, { params, body: { format, filter: { annotated: true } } })
    },
    onSuccess: refresh,
  })
  if (!format) return null
  return (
    <Card title={t('dicom.sendTitle')} text={t('dicom.sendText')}>
      <Stack gap="md">
        <Group align="end" gap="sm">
          <Select
            w={260}
            label={t('dicom.format')}
            value={format}
            allowDeselect={false}
            data={formats.map((value) => ({ value, label: t(`dicom.formats.${value}`) }))}
            onChange={(value) => value && setFormat(value as ObjectFormat)}
          />
          <Button loading={send.isPending} onClick={() => send.mutate()}>
            {t('dicom.send', { name: source.name })}
          </Button>
        </Group>
        {send.isError && <Trouble>{problemText(send.error)}</Trouble>}
        {pushes.isError && <Trouble>{problemText(pushes.error)}</Trouble>}
        {pushes.data && pushes.data.length > 0 && (
          <ul className={classes.list} aria-live="polite">
            {pushes.data.map((push) => (
              <PushRow key={push.id} push={push} onChanged={refresh} />
            ))}
          </ul>
        )}
      </Stack>
    </Card>
  )
}

function PushRow({ push, onChanged }: { push: DicomPush; onChanged: () => Promise<void> }) {
  const { t } = useTranslation()
  const format = useFormat()
  const problemText = useFileProblemText()
  const cancel = useMutation({
    mutationFn: () => call(routes.cancelDicomPush, { params: { dicomPushId: push.id } }),
    onSettled: onChanged,
  })
  const { result, progress, state } = push
  return (
    <li className={classes.row}>
      <div>
        <Text size="sm">
          {[push.sourceName, t(`dicom.formats.${push.format}`), format.date(push.createdAt)].join(' · ')}
        </Text>
        <Text size="sm" c="dimmed">
          {t(`imports.states.${state}`)}
          {isSending(push) && progress.total > 0 && ` · ${progress.done} / ${progress.total}`}
          {result && ` · ${t('dicom.sent', { stored: result.stored, images: result.images })}`}
          {result && result.leftOut > 0 && ` · ${t('dicom.leftOut', { count: result.leftOut })}`}
        </Text>
        {result && result.refused > 0 && <Trouble>{t('dicom.refused', { count: result.refused })}</Trouble>}
        {push.problem && <Trouble>{problemText(push.problem)}</Trouble>}
        {push.notes.slice(0, 3).map((note) => (
          <Text key={note} size="xs" c="dimmed">
            {note}
          </Text>
        ))}
      </div>
      {isSending(push) && (
        <Button variant="default" size="compact-sm" loading={cancel.isPending} onClick={() => cancel.mutate()}>
          {t('imports.cancel')}
        </Button>
      )}
    </li>
  )
}
