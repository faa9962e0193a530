import { Modal } from '@mantine/core'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { type Image, type ImageId, type Project, routes } from '@vesalius/contracts'
import { useTranslation } from 'react-i18next'
import { exchange } from '../../api/call.ts'
import { keys } from '../../api/keys.ts'
import { ErrorNotice } from '../../ui/ErrorNotice.tsx'
import { Waiting } from '../../ui/Waiting.tsx'
import type { LabelBody } from '../label-body.ts'
import classes from '../merge/MergeBoard.module.css'
import { ConflictBoard } from './ConflictBoard.tsx'
import type { Save, SaveQueue } from './save-queue.ts'
import type { SeenLabels } from './seen-labels.ts'

interface Props {
  project: Project
  items: readonly Image[]
  queue: SaveQueue<LabelBody | null>
  saves: readonly Save<LabelBody | null>[]
  seen: SeenLabels
}

/** Two people changed the same label: shows what each made of it and lets the second decide, mark by mark. */
export function ConflictDialog({ project, items, queue, saves, seen }: Props) {
  const { t } = useTranslation()
  const client = useQueryClient()
  const save = saves.find((candidate) => candidate.status === 'conflict')
  const imageId = save?.imageId as ImageId
  const known = useQuery({
    queryKey: ['conflict', save?.imageId, save?.etag],
    queryFn: async ({ signal }) => {
      const [{ body, etag }, { body: image }, revisions] = await Promise.all([
        exchange(routes.getLabel, { params: { imageId }, signal }),
        exchange(routes.getImage, { params: { imageId }, signal }),
        // Who reads for themselves has no history to see: then it is not said whose label it is.
        exchange(routes.listLabelRevisions, { params: { imageId }, signal }).catch(() => null),
      ])
      const author = revisions?.body.items.find(({ revision }) => revision === body.meta?.revision)?.authorName ?? null
      return { theirs: { label: body, etag }, image, author }
    },
    enabled: save !== undefined,
    staleTime: 0,
    gcTime: 0,
  })
  if (!save) return null
  const name = items.find((item) => item.id === save.imageId)?.name ?? ''
  const found = known.data
  const keepTheirs = () => {
    queue.discard(save.imageId)
    if (found) client.setQueryData(keys.label(save.imageId), found.theirs)
  }
  const title = t('merge.conflictTitle', { name })
  return (
    <Modal
      opened
      fullScreen={save.body !== null}
      onClose={() => {}}
      withCloseButton={false}
      padding={0}
      styles={{ body: { height: save.body === null ? 'auto' : '100dvh', display: 'flex', flexDirection: 'column' } }}
    >
      <Modal.Title className={classes.title}>{title}</Modal.Title>
      {known.error && <ErrorNotice error={known.error} onRetry={() => void known.refetch()} />}
      {!found && !known.error && <Waiting />}
      {found && (
        <ConflictBoard
          key={found.theirs.etag}
          project={project}
          image={found.image}
          theirs={found.theirs.label}
          author={found.author ?? t('merge.somebody')}
          base={seen.find(save.imageId, save.etag)}
          mine={save.body}
          onTakeTheirs={keepTheirs}
          onSave={(body) => {
            // What comes in between once more is merged on top of this.
            seen.keep(save.imageId, found.theirs)
            queue.overwrite(save.imageId, found.theirs.etag, body)
          }}
        />
      )}
    </Modal>
  )
}
