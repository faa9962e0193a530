import { Button, Checkbox, Group, SegmentedControl, Select, Stack, TextInput } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import {
  type ExportFilter,
  type FormatName,
  type MarkOrigin,
  type Project,
  routes,
  taskTypeOf,
} from '@vesalius/contracts'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { call } from '../../api/call.ts'
import { Card } from '../../ui/Card.tsx'
import { Trouble } from '../../ui/Trouble.tsx'
import { useProblemText } from '../../ui/use-problem-text.ts'
import { useNames } from '../projects/default-names.ts'
import { ExportList } from './ExportList.tsx'
import { FormatSelect } from './FormatSelect.tsx'
import { exportsQuery, formatsOf } from './interchange-queries.ts'

type Which = 'annotated' | 'all' | 'open'
const WHICH: Record<Which, ExportFilter> = { annotated: { annotated: true }, all: {}, open: { annotated: false } }

/** Takes annotations or guesses to other programs. The archive is made in the background and kept for some days. */
export function ExportCard({ project }: { project: Project }) {
  const { t } = useTranslation()
  const problemText = useProblemText()
  const { className } = useNames()
  const client = useQueryClient()
  const [format, setFormat] = useState<FormatName>(formatsOf(taskTypeOf(project.taskType).family)[0] ?? 'archive')
  const [content, setContent] = useState<MarkOrigin>('annotations')
  const [which, setWhich] = useState<Which>('annotated')
  const [classIndex, setClassIndex] = useState<number | null>(null)
  const [text, setText] = useState('')
  const [images, setImages] = useState(false)
  const query = exportsQuery(project.id)
  const recent = useQuery(query)
  const start = useMutation({
    mutationFn: () =>
      call(routes.createExport, {
        params: { projectId: project.id },
        body: {
          format,
          content,
          images,
          filter: {
            ...WHICH[which],
            ...(classIndex === null ? {} : { class: classIndex }),
            ...(text.trim() === '' ? {} : { text: text.trim() }),
          },
        },
      }),
    onSuccess: () => client.invalidateQueries({ queryKey: query.queryKey }),
  })
  const choose = (origin: MarkOrigin) => {
    setContent(origin)
    setWhich(origin === 'guesses' ? 'all' : 'annotated')
  }
  return (
    <Card title={t('interchange.exportTitle')} text={t('interchange.exportText')}>
      <Stack gap="md">
        <FormatSelect project={project} value={format} onChange={setFormat} />
        <SegmentedControl
          aria-label={t('interchange.content')}
          value={content}
          onChange={(value) => choose(value as MarkOrigin)}
          data={(['annotations', 'guesses'] as const).map((value) => ({
            value,
            label: t(`interchange.contents.${value}`),
          }))}
        />
        <Group grow align="end">
          <Select
            label={t('interchange.which')}
            value={which}
            allowDeselect={false}
            data={(['annotated', 'all', 'open'] as const).map((value) => ({
              value,
              label: t(`interchange.whichOf.${value}`),
            }))}
            onChange={(value) => value && setWhich(value as Which)}
          />
          {project.classes.length > 0 && (
            <Select
              label={t('interchange.class')}
              value={classIndex === null ? '' : String(classIndex)}
              allowDeselect={false}
              data={[
                { value: '', label: t('interchange.anyClass') },
                ...project.classes.map((name, index) => ({ value: String(index), label: className(name) })),
              ]}
              onChange={(value) => setClassIndex(value ? Number(value) : null)}
            />
          )}
          <TextInput
            label={t('interchange.nameHolds')}
            value={text}
            maxLength={200}
            onChange={(event) => setText(event.currentTarget.value)}
          />
        </Group>
        <Group>
          <Button onClick={() => start.mutate()} loading={start.isPending}>
            {t('interchange.export')}
          </Button>
          <Checkbox
            label={t('interchange.withImages')}
            checked={images}
            onChange={(event) => setImages(event.currentTarget.checked)}
          />
        </Group>
        {start.isError && <Trouble>{problemText(start.error)}</Trouble>}
        {recent.isError && <Trouble>{problemText(recent.error)}</Trouble>}
        <ExportList exports={recent.data?.items ?? []} />
      </Stack>
    </Card>
  )
}
