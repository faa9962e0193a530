import { Button, Checkbox, Group, SegmentedControl, Stack } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import {
  type ExportFilter,
  type FormatName,
  type MarkOrigin,
  type Project,
  routes,
  taskTypeOf,
} from '@vesalius/contracts'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { call } from '../../api/call.ts'
import { Trouble } from '../../ui/Trouble.tsx'
import { useProblemText } from '../../ui/use-problem-text.ts'
import { ExportList } from './ExportList.tsx'
import { FormatSelect } from './FormatSelect.tsx'
import { exportsQuery, formatsOf } from './interchange-queries.ts'

interface Props {
  project: Project
  filter: ExportFilter
  /** Hears whether annotations or guesses are wanted. */
  onContent?: (content: MarkOrigin) => void
  /** What the filter is chosen with. */
  children?: ReactNode
}

/** In which format, of what, with or without the images; below it what was exported lately. */
export function ExportForm({ project, filter, onContent, children }: Props) {
  const { t, i18n } = useTranslation()
  const problemText = useProblemText()
  const client = useQueryClient()
  const [format, setFormat] = useState<FormatName>(formatsOf(taskTypeOf(project.taskType).family)[0] ?? 'archive')
  const [content, setContent] = useState<MarkOrigin>('annotations')
  const [images, setImages] = useState(false)
  const query = exportsQuery(project.id)
  const recent = useQuery(query)
  const start = useMutation({
    mutationFn: () =>
      call(routes.createExport, {
        params: { projectId: project.id },
        body: { format, content, images, filter, language: i18n.language === 'zh' ? 'zh' : 'en' },
      }),
    onSuccess: () => client.invalidateQueries({ queryKey: query.queryKey }),
  })
  return (
    <Stack gap="md">
      <FormatSelect project={project} value={format} onChange={setFormat} />
      <SegmentedControl
        aria-label={t('interchange.content')}
        value={content}
        onChange={(value) => {
          setContent(value as MarkOrigin)
          onContent?.(value as MarkOrigin)
        }}
        data={(['annotations', 'guesses'] as const).map((value) => ({
          value,
          label: t(`interchange.contents.${value}`),
        }))}
      />
      {children}
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
  )
}
