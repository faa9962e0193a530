import { IconChecks, IconPhotoUp } from '@tabler/icons-react'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useBlocker, useNavigate, useSearch } from '@tanstack/react-router'
import { isClassification } from '@vesalius/contracts'
import { useEffect, useEffectEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { pickFilter } from '../features/images/image-filter.ts'
import { fileUrl, labelQuery, predictionsQuery } from '../features/images/image-queries.ts'
import { useProject } from '../features/projects/use-project.ts'
import { ErrorNotice } from '../ui/ErrorNotice.tsx'
import { LinkButton } from '../ui/LinkButton.tsx'
import { Notice } from '../ui/Notice.tsx'
import classes from './AnnotatePage.module.css'
import { AnswerPanel } from './AnswerPanel.tsx'
import { type KeyAction, keyAction } from './actions/key-action.ts'
import { answerOf, apply, redo, undo } from './annotations/annotation-store.ts'
import { answerFromLabel, guessWeights, isLocked } from './label-body.ts'
import { ShortcutsDialog } from './ShortcutsDialog.tsx'
import { ConflictDialog } from './saving/ConflictDialog.tsx'
import { useAnnotating } from './use-annotating.ts'
import { useQueue } from './use-queue.ts'
import { ImageStage, NO_ADJUSTMENT, type StageCommand } from './viewport/ImageStage.tsx'

const PREFETCH = 3

export function AnnotatePage() {
  const { t } = useTranslation()
  const project = useProject()
  const client = useQueryClient()
  const navigate = useNavigate()
  const search = useSearch({ from: '/app/projects/$projectId/annotate' })
  const filter = pickFilter(search)
  const { pages, items, position, image, isWaiting } = useQueue(project, filter, search.image)
  const work = useAnnotating(project)
  const [adjustment, setAdjustment] = useState(NO_ADJUSTMENT)
  const [command, setCommand] = useState<StageCommand | null>(null)
  const [isDone, setIsDone] = useState(false)
  const [showsHelp, setShowsHelp] = useState(false)
  const known = useQuery({ ...labelQuery(image?.id as never), enabled: image !== undefined })
  const isOurs = known.data?.label.meta?.author.kind === 'person'
  const predictions = useQuery({
    ...predictionsQuery(image?.id as never),
    enabled: image !== undefined && image.guess !== null && isOurs,
  })
  useBlocker({
    shouldBlockFn: ({ current, next }) =>
      work.isUnsaved && current.pathname !== next.pathname && !window.confirm(t('annotate.leaveUnsaved')),
    enableBeforeUnload: false,
  })
  const { setState } = work
  useEffect(() => {
    if (!image || !known.data) return
    const origin = isOurs ? 'remote' : 'model'
    const { label } = known.data
    const isSaving = work.queue.getSaves().some((save) => save.imageId === image.id)
    if (!isSaving) setState((state) => apply(state, image.id, answerFromLabel(label), origin))
  }, [image, known.data, isOurs, setState, work.queue])
  const upcoming = items.slice(position + 1, position + 1 + PREFETCH).map((item) => item.id)
  const ahead = upcoming.join()
  // biome-ignore lint/correctness/useExhaustiveDependencies: the joined ids stand for the list
  useEffect(() => {
    for (const id of upcoming) {
      void client.prefetchQuery({ ...labelQuery(id), staleTime: 20_000 })
      new window.Image().src = fileUrl(id)
    }
  }, [ahead, client])

  const show = (imageId: string) =>
    void navigate({
      to: '/projects/$projectId/annotate',
      params: { projectId: project.id },
      search: { ...filter, image: imageId },
      replace: true,
    })
  const go = (step: 1 | -1) => {
    const next = items[position + step]
    setIsDone(step === 1 && !next)
    if (next) show(next.id)
  }
  const answer = image ? answerOf(work.state, image.id) : null
  const isClass = isClassification(project.taskType)
  const canSubmit = image && answer && known.data && !isLocked(image) && (!isClass || answer.value !== null)
  const change = (next: typeof answer) => {
    if (image && next && !isLocked(image)) setState((state) => apply(state, image.id, next, 'person'))
  }
  const submit = () => {
    if (!canSubmit) return
    work.submit(image.id, answer, known.data.etag)
    go(1)
  }
  const step = (move: typeof undo) => {
    const [from, to] = [work.state, move(work.state)]
    const moved = move === undo ? from.undoable.at(-1) : from.redoable.at(-1)
    setState(to)
    if (moved && moved.imageId !== image?.id) show(moved.imageId)
    setIsDone(false)
  }
  const run = (action: KeyAction) => {
    switch (action.kind) {
      case 'choose':
        if (answer && isClass && action.index < project.classes.length) change({ ...answer, value: action.index })
        return
      case 'accept':
        return submit()
      case 'previous':
        return isDone ? setIsDone(false) : go(-1)
      case 'next':
      case 'skip':
        return go(1)
      case 'undo':
        return step(undo)
      case 'redo':
        return step(redo)
      case 'invert':
        return setAdjustment((now) => ({ ...now, inverted: !now.inverted }))
      case 'help':
        return setShowsHelp(true)
      default:
        return setCommand((last) => ({ kind: action.kind, count: (last?.count ?? 0) + 1 }) as StageCommand)
    }
  }
  const press = useEffectEvent((event: KeyboardEvent) => {
    const action = showsHelp ? null : keyAction(event, event.target)
    if (!action) return
    event.preventDefault()
    run(action)
  })
  useEffect(() => {
    // The link that led here keeps the focus, and Enter would follow it again instead of submitting.
    if (document.activeElement instanceof HTMLAnchorElement) document.activeElement.blur()
    const listener = (event: KeyboardEvent) => press(event)
    window.addEventListener('keydown', listener)
    return () => window.removeEventListener('keydown', listener)
  }, [])

  if (pages.isError) return <ErrorNotice error={pages.error} onRetry={() => void pages.refetch()} />
  if (pages.isPending || isWaiting) return null
  const params = { projectId: project.id }
  if (!image || !answer) {
    return (
      <Notice
        icon={<IconPhotoUp size={26} stroke={1.6} />}
        title={t('annotate.emptyTitle')}
        actions={
          <LinkButton to="/projects/$projectId" params={params}>
            {t(project.counts.images > 0 ? 'annotate.doneAll' : 'annotate.emptyUpload')}
          </LinkButton>
        }
      >
        {t('annotate.emptyText')}
      </Notice>
    )
  }
  const done = (
    <Notice
      icon={<IconChecks size={26} stroke={1.6} />}
      title={t('annotate.doneTitle')}
      actions={
        <>
          <LinkButton to="/projects/$projectId" params={params} variant="default">
            {t('annotate.doneAll')}
          </LinkButton>
          <LinkButton to="/projects/$projectId/training" params={params}>
            {t('annotate.doneTrain')}
          </LinkButton>
        </>
      }
    >
      {t('annotate.doneText')}
    </Notice>
  )
  return (
    <div className={classes.page}>
      {isDone ? done : <ImageStage image={image} adjustment={adjustment} onAdjust={setAdjustment} command={command} />}
      <AnswerPanel
        project={project}
        image={image}
        answer={answer}
        weights={guessWeights(known.data?.label, predictions.data?.[0]?.data)}
        isDraft={work.state.drafts.has(image.id)}
        position={position + 1}
        total={`${items.length}${pages.hasNextPage ? '+' : ''}`}
        saves={work.saves}
        canSubmit={Boolean(canSubmit) && !isDone}
        canUndo={work.state.undoable.length > 0}
        canRedo={work.state.redoable.length > 0}
        onChange={change}
        onRun={run}
        onRetry={() => work.queue.retryFailed()}
      />
      <ShortcutsDialog opened={showsHelp} onClose={() => setShowsHelp(false)} />
      <ConflictDialog project={project} items={items} queue={work.queue} saves={work.saves} />
    </div>
  )
}
