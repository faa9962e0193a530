import { Button, Loader, Modal, Select, TextInput } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { IconSearch } from '@tabler/icons-react'
import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import type { Image, ProjectId } from '@vesalius/contracts'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ErrorNotice } from '../../ui/ErrorNotice.tsx'
import { projectsQuery } from '../projects/project-queries.ts'
import classes from './ImagePicker.module.css'
import { imagesQuery, previewUrl } from './image-queries.ts'

interface Props {
  /** Whose images are shown first. */
  projectId?: ProjectId | undefined
  onChoose: (image: Image) => void
  onClose: () => void
}

/** Chooses an image of a project by how it looks, or by its name. */
export function ImagePicker({ projectId, onChoose, onClose }: Props) {
  const { t } = useTranslation()
  const known = useQuery(projectsQuery)
  const projects = known.data?.filter(({ counts }) => counts.images > 0) ?? []
  const [chosen, setChosen] = useState<ProjectId | null>(projectId ?? null)
  const [text, setText] = useState('')
  const [name] = useDebouncedValue(text.trim(), 250)
  const shown = chosen ?? projects[0]?.id ?? null
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('picker.title')}
      size={760}
      closeButtonProps={{ 'aria-label': t('common.close') }}
    >
      <div className={classes.fields}>
        <Select
          label={t('picker.project')}
          searchable
          allowDeselect={false}
          data={projects.map(({ id, name: label }) => ({ value: id as string, label }))}
          value={shown}
          onChange={(id) => setChosen(id as ProjectId | null)}
        />
        <TextInput
          label={t('picker.name')}
          leftSection={<IconSearch size={16} aria-hidden />}
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
        />
      </div>
      {known.isPending && <Loader size={20} aria-label={t('common.loading')} />}
      {known.isError && <ErrorNotice error={known.error} onRetry={() => void known.refetch()} />}
      {shown ? (
        <Images key={shown} projectId={shown} name={name} onChoose={onChoose} />
      ) : (
        known.isSuccess && <p className={classes.none}>{t('picker.noImages')}</p>
      )}
    </Modal>
  )
}

function Images({ projectId, name, onChoose }: { projectId: ProjectId; name: string } & Pick<Props, 'onChoose'>) {
  const { t } = useTranslation()
  const images = useInfiniteQuery(imagesQuery(projectId, name ? { text: name } : {}))
  if (images.isError) return <ErrorNotice error={images.error} onRetry={() => void images.refetch()} />
  if (images.isPending) return <Loader size={20} aria-label={t('common.loading')} />
  const items = images.data.pages.flatMap((page) => page.items)
  if (items.length === 0) return <p className={classes.none}>{t(name ? 'picker.noneFound' : 'picker.noImages')}</p>
  return (
    <>
      <ul className={classes.grid}>
        {items.map((image) => (
          <li key={image.id}>
            <button type="button" className={classes.image} title={image.name} onClick={() => onChoose(image)}>
              <img src={previewUrl(image.id, 160)} alt="" loading="lazy" />
              <span>{image.name}</span>
            </button>
          </li>
        ))}
      </ul>
      {images.hasNextPage && (
        <Button variant="subtle" loading={images.isFetchingNextPage} onClick={() => void images.fetchNextPage()}>
          {t('picker.more')}
        </Button>
      )}
    </>
  )
}
