import { Button, Checkbox, FileButton, Group, Select, Stack, Text } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import {
  type FormatName,
  type ImportReport,
  type Project,
  routes,
  type TaskFamily,
  taskTypeOf,
} from '@vesalius/contracts'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { sendForm, urlOf } from '../../api/call.ts'
import { Card } from '../../ui/Card.tsx'
import { useProblemText } from '../../ui/use-problem-text.ts'
import { ImportFindings } from './ImportFindings.tsx'

/** Formats that can hold what images of a family say. */
const FORMATS: Record<TaskFamily, readonly FormatName[]> = {
  base: ['archive'],
  classification: ['archive', 'csv', 'image-folder'],
  detection: ['archive', 'coco', 'yolo', 'voc', 'label-me', 'cvat', 'label-studio', 'geojson'],
  segmentation: [
    ...(['archive', 'coco', 'coco-polygons', 'yolo', 'png-semantic', 'png-instance'] as const),
    ...(['label-me', 'cvat', 'label-studio', 'geojson'] as const),
  ],
}

/** Takes annotations to other programs and in from them. An import is tried first and says what it would do. */
export function InterchangeCard({ project }: { project: Project }) {
  const { t } = useTranslation()
  const problemText = useProblemText()
  const client = useQueryClient()
  const formats = FORMATS[taskTypeOf(project.taskType).family]
  const [format, setFormat] = useState<FormatName>(formats[0] ?? 'archive')
  const [withImages, setWithImages] = useState(false)
  const [isReplacing, setIsReplacing] = useState(false)
  const [file, setFile] = useState<File | null>(null)
  const params = { projectId: project.id }
  const bring = useMutation({
    mutationFn: async (given: { file: File; isDryRun: boolean }): Promise<ImportReport> => {
      const form = new FormData()
      form.append('file', given.file)
      const query = { format, dryRun: given.isDryRun, replace: isReplacing }
      return sendForm(routes.importAnnotations, { params, query }, form)
    },
    onSuccess: (report) => {
      if (!report.isDryRun) void client.invalidateQueries()
    },
  })
  const choose = (chosen: File | null) => {
    setFile(chosen)
    if (chosen) bring.mutate({ file: chosen, isDryRun: true })
  }
  const report = bring.data
  return (
    <Card title={t('interchange.title')} text={t('interchange.text')}>
      <Stack gap="md">
        <Select
          label={t('interchange.format')}
          value={format}
          allowDeselect={false}
          data={formats.map((name) => ({ value: name, label: t(`interchange.formats.${name}`) }))}
          onChange={(value) => {
            setFormat(value as FormatName)
            setFile(null)
            bring.reset()
          }}
        />
        <Group>
          <Button
            component="a"
            variant="default"
            href={urlOf(routes.exportProject, { params, query: { format, images: withImages || undefined } })}
            download
          >
            {t('interchange.export')}
          </Button>
          <Checkbox
            label={t('interchange.withImages')}
            checked={withImages}
            onChange={(event) => setWithImages(event.currentTarget.checked)}
          />
        </Group>
        <Group>
          <FileButton onChange={choose}>
            {(props) => (
              <Button {...props} variant="default" loading={bring.isPending}>
                {t('interchange.import')}
              </Button>
            )}
          </FileButton>
          <Checkbox
            label={t('interchange.replace')}
            checked={isReplacing}
            onChange={(event) => setIsReplacing(event.currentTarget.checked)}
          />
        </Group>
        {bring.isError && (
          <Text role="alert" c="var(--trouble)">
            {problemText(bring.error)}
          </Text>
        )}
        {report && file && <ImportFindings name={file.name} report={report} />}
        {report?.isDryRun && file && report.written > 0 && (
          <Group>
            <Button onClick={() => bring.mutate({ file, isDryRun: false })}>
              {t('interchange.write', { count: report.written })}
            </Button>
          </Group>
        )}
      </Stack>
    </Card>
  )
}
