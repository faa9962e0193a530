import { useNavigate, useSearch } from '@tanstack/react-router'
import { useMemo, useState } from 'react'
import { pickFilter } from '../features/images/image-filter.ts'
import { useProject } from '../features/projects/use-project.ts'
import { ErrorNotice } from '../ui/ErrorNotice.tsx'
import { Waiting } from '../ui/Waiting.tsx'
import { AnnotateDesk } from './AnnotateDesk.tsx'
import { bindingsFrom } from './actions/bindings.ts'
import { ShortcutsContext } from './actions/shortcuts.ts'
import { useOwnKeys } from './actions/use-own-keys.ts'
import { EmptyQueue } from './queue/QueueNotices.tsx'
import { usePrefetch } from './queue/use-prefetch.ts'
import { useQueue } from './queue/use-queue.ts'
import { FramesProvider } from './viewport/frames/frames-context.tsx'

/** The queue of a project, one image after the other. */
export function AnnotatePage() {
  const { own } = useOwnKeys()
  const bindings = useMemo(() => bindingsFrom(own), [own])
  return (
    <FramesProvider>
      <ShortcutsContext value={bindings}>
        <Queue />
      </ShortcutsContext>
    </FramesProvider>
  )
}

function Queue() {
  const live = useProject()
  const [shown, setShown] = useState(live)
  const [isUnsaved, setIsUnsaved] = useState(false)
  // What is being drawn stays under the classes it was begun with, which the server knows, until it is saved.
  const isHeld = isUnsaved && shown.id === live.id && shown.classScheme !== live.classScheme
  if (!isHeld && shown !== live) setShown(live)
  const project = isHeld ? shown : live
  const navigate = useNavigate()
  const search = useSearch({ from: '/app/projects/$projectId/annotate' })
  const filter = pickFilter(search)
  const queue = useQueue(project, filter, search.image)
  usePrefetch(queue.items, queue.position)
  const show = (imageId: string) =>
    void navigate({
      to: '/projects/$projectId/annotate',
      params: { projectId: project.id },
      search: { ...filter, image: imageId },
      replace: true,
    })
  const { pages, items, position, image } = queue
  if (pages.isError && !image) return <ErrorNotice error={pages.error} onRetry={() => void pages.refetch()} />
  if (pages.isPending || queue.isWaiting) return <Waiting />
  if (!image) return <EmptyQueue project={project} />
  return (
    <AnnotateDesk
      key={project.classScheme}
      project={project}
      items={items}
      position={position}
      image={image}
      filter={filter}
      total={`${items.length}${pages.hasNextPage ? '+' : ''}`}
      discussion={search.discussion}
      onShow={show}
      onUnsaved={setIsUnsaved}
    />
  )
}
