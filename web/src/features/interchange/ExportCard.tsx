import { Group, Select, TextInput } from '@mantine/core'
import { ImageState, type MarkOrigin, type Project } from '@vesalius/contracts'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Card } from '../../ui/Card.tsx'
import { type ImageFilter, pickFilter } from '../images/image-filter.ts'
import { RareFilters } from '../images/RareFilters.tsx'
import { useNames } from '../projects/default-names.ts'
import { ReviewFilter } from '../reviews/ReviewFilter.tsx'
import { ExportForm } from './ExportForm.tsx'
import { exportFilterOf } from './export-filter.ts'

/** What is in the bin does not leave. */
const STATES = ImageState.options.filter((state) => state !== 'DELETED')

/** Takes annotations or guesses to other programs. The archive is made in the background and kept for some days. */
export function ExportCard({ project }: { project: Project }) {
  const { t } = useTranslation()
  const { className } = useNames()
  const [filter, setFilter] = useState<ImageFilter>({ annotated: true })
  const narrow = (change: ImageFilter) => setFilter((before) => pickFilter({ ...before, ...change }))
  const choose = (content: MarkOrigin) => narrow({ annotated: content === 'guesses' ? undefined : true })
  return (
    <Card title={t('interchange.exportTitle')} text={t('interchange.exportText')}>
      <ExportForm project={project} filter={exportFilterOf(filter)} onContent={choose}>
        <Group align="end" gap="sm">
          <Select
            w={150}
            label={t('interchange.which')}
            value={filter.annotated === undefined ? 'all' : filter.annotated ? 'annotated' : 'open'}
            allowDeselect={false}
            data={(['annotated', 'all', 'open'] as const).map((value) => ({
              value,
              label: t(`interchange.whichOf.${value}`),
            }))}
            onChange={(value) => narrow({ annotated: value === 'all' ? undefined : value === 'annotated' })}
          />
          <Select
            w={130}
            label={t('gallery.filterState')}
            value={filter.state ?? 'any'}
            allowDeselect={false}
            data={[
              { value: 'any', label: t('gallery.anyState') },
              ...STATES.map((state) => ({ value: state, label: t(`gallery.state.${state}`) })),
            ]}
            onChange={(value) => narrow({ state: STATES.find((state) => state === value) })}
          />
          {project.classes.length > 0 && (
            <Select
              w={150}
              label={t('interchange.class')}
              value={filter.class === undefined ? '' : String(filter.class)}
              allowDeselect={false}
              data={[
                { value: '', label: t('interchange.anyClass') },
                ...project.classes.map((name, index) => ({ value: String(index), label: className(name) })),
              ]}
              onChange={(value) => narrow({ class: value ? Number(value) : undefined })}
            />
          )}
          <TextInput
            w={170}
            label={t('interchange.nameHolds')}
            value={filter.text ?? ''}
            maxLength={200}
            onChange={(event) => narrow({ text: event.currentTarget.value || undefined })}
          />
          <ReviewFilter project={project} filter={filter} onNarrow={narrow} />
          <RareFilters filter={filter} onNarrow={narrow} />
        </Group>
      </ExportForm>
    </Card>
  )
}
