import { Select } from '@mantine/core'
import { useNavigate } from '@tanstack/react-router'
import { ImageOrder, isClassification, type Project } from '@vesalius/contracts'
import { useTranslation } from 'react-i18next'
import { useNames } from '../projects/default-names.ts'
import type { ImageFilter } from './image-filter.ts'

const STATES = ['TO_LABEL', 'NORMAL', 'FROZEN'] as const

export function GalleryFilters({ project, filter }: { project: Project; filter: ImageFilter }) {
  const { t } = useTranslation()
  const { className } = useNames()
  const navigate = useNavigate()
  const narrow = (change: ImageFilter) =>
    void navigate({ to: '/projects/$projectId', params: { projectId: project.id }, search: { ...filter, ...change } })
  return (
    <>
      <Select
        w={150}
        aria-label={t('gallery.filterAnnotated')}
        value={filter.annotated === undefined ? 'any' : String(filter.annotated)}
        data={[
          { value: 'any', label: t('gallery.anyAnnotated') },
          { value: 'false', label: t('gallery.notAnnotated') },
          { value: 'true', label: t('gallery.annotated') },
        ]}
        onChange={(value) => narrow({ annotated: value === 'any' ? undefined : value === 'true' })}
      />
      <Select
        w={120}
        aria-label={t('gallery.filterState')}
        value={filter.state ?? 'any'}
        data={[
          { value: 'any', label: t('gallery.anyState') },
          ...STATES.map((state) => ({ value: state, label: t(`gallery.state.${state}`) })),
        ]}
        onChange={(value) => narrow({ state: STATES.find((state) => state === value) })}
      />
      {isClassification(project.taskType) && (
        <Select
          w={130}
          aria-label={t('gallery.filterClass')}
          value={filter.class === undefined ? 'any' : String(filter.class)}
          data={[
            { value: 'any', label: t('gallery.anyClass') },
            ...project.classes.map((name, index) => ({ value: String(index), label: className(name) })),
          ]}
          onChange={(value) => narrow({ class: value === 'any' ? undefined : Number(value) })}
        />
      )}
      <Select
        w={190}
        aria-label={t('gallery.filterOrder')}
        value={filter.order ?? 'newest'}
        data={ImageOrder.options.map((order) => ({ value: order, label: t(`gallery.order.${order}`) }))}
        onChange={(value) => narrow({ order: ImageOrder.options.find((order) => order === value) })}
      />
    </>
  )
}
