import { Select, TextInput } from '@mantine/core'
import { useDebouncedCallback } from '@mantine/hooks'
import { IconSearch } from '@tabler/icons-react'
import { useNavigate } from '@tanstack/react-router'
import { ImageOrder, ImageState, type Project } from '@vesalius/contracts'
import { useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useNames } from '../projects/default-names.ts'
import { ReviewFilter } from '../reviews/ReviewFilter.tsx'
import type { ImageFilter } from './image-filter.ts'
import { RareFilters } from './RareFilters.tsx'
import { SavedFilters } from './SavedFilters.tsx'

/** Those in the bin are shown when asked for alone. */
const STATES = ImageState.options

export function GalleryFilters({ project, filter }: { project: Project; filter: ImageFilter }) {
  const { t } = useTranslation()
  const { className } = useNames()
  const navigate = useNavigate()
  const narrow = (change: ImageFilter) =>
    void navigate({ to: '/projects/$projectId', params: { projectId: project.id }, search: { ...filter, ...change } })
  return (
    <>
      <NameFilter key={filter.text ?? ''} text={filter.text ?? ''} onText={(text) => narrow({ text })} />
      <Select
        w={130}
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
      {project.classes.length > 0 && (
        <Select
          w={120}
          aria-label={t('gallery.filterClass')}
          value={filter.class === undefined ? 'any' : String(filter.class)}
          data={[
            { value: 'any', label: t('gallery.anyClass') },
            ...project.classes.map((name, index) => ({ value: String(index), label: className(name) })),
          ]}
          onChange={(value) => narrow({ class: value === 'any' ? undefined : Number(value) })}
        />
      )}
      <ReviewFilter project={project} filter={filter} onNarrow={narrow} />
      <Select
        w={165}
        aria-label={t('gallery.filterOrder')}
        value={filter.order ?? 'newest'}
        data={ImageOrder.options.map((order) => ({ value: order, label: t(`gallery.order.${order}`) }))}
        onChange={(value) => narrow({ order: ImageOrder.options.find((order) => order === value) })}
      />
      <RareFilters filter={filter} onNarrow={narrow} />
      <SavedFilters projectId={project.id} filter={filter} />
    </>
  )
}

const TYPED_MS = 350

/** Narrows while one types; what is being composed (Chinese) waits until it is done. */
function NameFilter({ text, onText }: { text: string; onText: (text: string | undefined) => void }) {
  const { t } = useTranslation()
  const [typed, setTyped] = useState(text)
  const isComposing = useRef(false)
  const send = useDebouncedCallback((value: string) => {
    if (!isComposing.current && value.trim() !== text) onText(value.trim() || undefined)
  }, TYPED_MS)
  return (
    <TextInput
      w={150}
      type="search"
      aria-label={t('filters.text')}
      placeholder={t('filters.text')}
      leftSection={<IconSearch size={16} />}
      maxLength={200}
      value={typed}
      onCompositionStart={() => {
        isComposing.current = true
      }}
      onCompositionEnd={(event) => {
        isComposing.current = false
        send(event.currentTarget.value)
      }}
      onChange={(event) => {
        setTyped(event.currentTarget.value)
        send(event.currentTarget.value)
      }}
    />
  )
}
