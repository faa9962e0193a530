import { useDisclosure } from '@mantine/hooks'
import { type Image, isClassification, type Project } from '@vesalius/contracts'
import { useEffect, useMemo, useState } from 'react'
import { GuidelineButton } from '../features/articles/GuidelineButton.tsx'
import { GuidelinePanel } from '../features/articles/GuidelinePanel.tsx'
import type { ImageFilter } from '../features/images/image-filter.ts'
import { DiscussionPanel } from '../features/messages/DiscussionPanel.tsx'
import { useDiscussions } from '../features/messages/use-discussions.ts'
import { PinLayer } from '../features/reviews/PinLayer.tsx'
import { RemarkPanel } from '../features/reviews/RemarkPanel.tsx'
import { useRemarks } from '../features/reviews/use-remarks.ts'
import { ErrorNotice } from '../ui/ErrorNotice.tsx'
import { useStable } from '../ui/use-stable.ts'
import classes from './AnnotatePage.module.css'
import { AnswerPanel } from './AnswerPanel.tsx'
import { type CommandName, scopesOf } from './actions/commands.ts'
import { useKeys } from './actions/use-keys.ts'
import { type Answer, answerOf, type Change } from './annotations/annotation-store.ts'
import { useAskAgain } from './assist/use-ask-again.ts'
import { BesideMarks } from './beside/BesideMarks.tsx'
import { BesideMenu } from './beside/BesideMenu.tsx'
import { useBeside } from './beside/use-beside.ts'
import { compareMarks } from './compare/compare-marks.ts'
import { useGuessMarks } from './compare/use-guess-marks.ts'
import { isLocked } from './label-body.ts'
import { MarkLayer } from './marks/MarkLayer.tsx'
import { finishMarks, onFrame } from './marks/mark-edits.ts'
import { markKindOf } from './marks/tools.ts'
import { useMarking } from './marks/use-marking.ts'
import { useTag } from './marks/use-tag.ts'
import { QueueEnd } from './queue/QueueNotices.tsx'
import { SkipDialog } from './queue/SkipDialog.tsx'
import { useWorkTimer } from './queue/use-work-timer.ts'
import { ShortcutsDialog } from './ShortcutsDialog.tsx'
import { ConflictDialog } from './saving/ConflictDialog.tsx'
import { DraftNotice } from './saving/DraftNotice.tsx'
import { LeaveDialog } from './saving/LeaveDialog.tsx'
import { useAnnotating } from './use-annotating.ts'
import { useLabel } from './use-label.ts'
import { ImageStage, type StageCommand } from './viewport/ImageStage.tsx'
import { NO_ADJUSTMENT } from './viewport/tone/adjustment.ts'

interface Props {
  project: Project
  items: readonly Image[]
  position: number
  image: Image
  filter: ImageFilter
  total: string
  /** The topic of a discussion to be opened. */
  discussion: string | undefined
  onShow: (imageId: string) => void
  onUnsaved: (isUnsaved: boolean) => void
}

/** One image, its answer, and what keys and buttons do with them. */
export function AnnotateDesk({ project, items, position, image, filter, total, discussion, onShow, onUnsaved }: Props) {
  const work = useAnnotating(project)
  useEffect(() => onUnsaved(work.isUnsaved), [work.isUnsaved, onUnsaved])
  const label = useLabel(project, image, work)
  const tagOf = useTag(project)
  const [adjustment, setAdjustment] = useState(NO_ADJUSTMENT)
  const [leafed, setLeafed] = useState({ imageId: '', frame: 0 })
  const discussions = useDiscussions(image, discussion)
  const talked = discussions.items.find(({ id }) => id === discussion)?.place
  const frame = leafed.imageId === image.id ? leafed.frame : (talked?.frame ?? 0)
  const [command, setCommand] = useState<StageCommand | null>(null)
  const beside = useBeside(project, image, items)
  const [isDone, setIsDone] = useState(false)
  const [showsHelp, setShowsHelp] = useState(false)
  const remarks = useRemarks(image)
  const [asksWhy, setAsksWhy] = useState(false)
  const [compares, setCompares] = useState(false)
  const [reads, reading] = useDisclosure(false)
  const [done, setDone] = useState({ images: 0, seconds: 0 })
  const timer = useWorkTimer(image.id)
  const answer = answerOf(work.state, image.id)
  const isClass = isClassification(project.taskType)
  const isOpen = !isLocked(image) && !isDone
  const isMarked = markKindOf(project) !== null
  const hasModel = project.servingModelId !== null
  const canSubmit = isOpen && label.isKnown && (isClass ? answer.value !== null : !isMarked || answer.marks !== null)
  const change = (next: Answer) => isOpen && work.change(image.id, next, 'person')
  const desk = useMarking({
    project,
    image,
    frame,
    marking: answer.marks,
    isOpen,
    measures: answer.measures,
    onChange: (marks) => change({ ...answer, marks }),
    onMeasures: (measures) => label.isKnown && change({ ...answer, measures }),
  })
  const askAgain = useAskAgain(project, image, desk.showGuesses)
  const guessMarks = useGuessMarks(project, image, compares)
  const comparison = useMemo(
    () => guessMarks && compareMarks(onFrame(guessMarks, frame), desk.list),
    [guessMarks, desk.list, frame],
  )
  const go = (step: 1 | -1) => {
    const next = items[position + step]
    setIsDone(step === 1 && !next)
    if (next) onShow(next.id)
  }
  const submit = () => {
    if (!canSubmit) return
    const final = answer.marks ? { ...answer, marks: finishMarks(answer.marks, desk.leastScore) } : answer
    change(final)
    const seconds = timer.take()
    setDone((last) => ({ images: last.images + 1, seconds: last.seconds + seconds }))
    work.submit(image.id, final, label.personsAnswer, label.etag, seconds)
    desk.select([])
    go(1)
  }
  const follow = (moved: Change | null) => {
    setIsDone(false)
    if (moved && moved.imageId !== image.id) onShow(moved.imageId)
  }
  const run = (command: CommandName) => {
    switch (command) {
      case 'accept':
        return submit()
      case 'previous':
        return isDone ? setIsDone(false) : go(-1)
      case 'next':
      case 'skip':
        return go(1)
      case 'skipWhy':
        return image.annotatedAt === null && isOpen && setAsksWhy(true)
      case 'askAgain':
        return isOpen && hasModel && askAgain.ask()
      case 'compare':
        return isMarked && setCompares((shows) => !shows)
      case 'undo':
        return follow(work.undo())
      case 'redo':
        return follow(work.redo())
      case 'invert':
        return setAdjustment((now) => ({ ...now, inverted: !now.inverted }))
      case 'beside':
        return beside.choose(beside.what ? null : { kind: 'unmarked' })
      case 'help':
        return setShowsHelp(true)
      case 'fit':
      case 'actual':
      case 'zoomIn':
      case 'zoomOut':
        return setCommand((last) => ({ kind: command, count: (last?.count ?? 0) + 1 }))
    }
  }
  const chooseBeside = useStable(beside.choose)
  const stageTools = useMemo(
    () => (
      <>
        <BesideMenu {...{ image, items }} what={beside.what} hasMarks={isMarked} onChoose={chooseBeside} />
        <GuidelineButton projectId={project.id} isOpen={reads} onToggle={reading.toggle} />
      </>
    ),
    [project.id, image, items, beside.what, isMarked, chooseBeside, reads, reading.toggle],
  )
  const isConflicted = work.saves.some((save) => save.status === 'conflict')
  const isOn = !showsHelp && !asksWhy && !isConflicted && !remarks.isPinning && !discussions.isPinning
  useKeys({
    isOn,
    scopes: scopesOf(markKindOf(project)),
    run: (asked) => {
      if ('command' in asked) run(asked.command)
      else if (isClass && asked.choose < project.classes.length) change({ ...answer, value: asked.choose })
      return true
    },
  })
  return (
    <div className={classes.page} data-reading={reads || undefined}>
      {reads && <GuidelinePanel projectId={project.id} onClose={reading.close} />}
      {isDone ? (
        <QueueEnd project={project} />
      ) : label.error && !label.isKnown ? (
        <ErrorNotice error={label.error} onRetry={label.refetch} />
      ) : (
        <ImageStage
          image={image}
          frame={frame}
          onFrame={(next) => setLeafed({ imageId: image.id, frame: next })}
          isOn={isOn}
          adjustment={adjustment}
          onAdjust={setAdjustment}
          command={command}
          tools={stageTools}
          beside={
            beside.shown && {
              image: beside.shown.image,
              frame,
              over: (stage) => <BesideMarks marks={beside.shown?.marks ?? []} {...{ desk, stage, tagOf }} />,
            }
          }
          over={(stage) => (
            <>
              <MarkLayer
                key={`marks of ${image.id}`}
                {...{ project, image, desk, stage, isOn, tagOf }}
                comparison={compares ? comparison : null}
              />
              <PinLayer pins={remarks} stage={stage} size={image} />
              <PinLayer pins={discussions} kind="discussion" stage={stage} size={image} />
            </>
          )}
        />
      )}
      <AnswerPanel
        project={project}
        image={image}
        answer={answer}
        desk={desk}
        weights={label.weights}
        isDraft={work.state.drafts.has(image.id)}
        place={{ position: position + 1, total }}
        filter={filter}
        progress={{ done, timer }}
        guessing={{ canAsk: isOpen && hasModel, isWaiting: askAgain.isWaiting, compares, comparison }}
        saves={work.saves}
        canSubmit={canSubmit}
        canUndo={work.state.undoable.length > 0}
        canRedo={work.state.redoable.length > 0}
        onChange={change}
        onRun={run}
        onRetry={() => work.queue.retryFailed()}
        notice={<DraftNotice left={label.leftDraft} />}
        remarks={
          <>
            <RemarkPanel remarks={remarks} frame={frame} />
            <DiscussionPanel key={image.id} discussions={discussions} frame={frame} />
          </>
        }
      />
      <ShortcutsDialog project={project} opened={showsHelp} onClose={() => setShowsHelp(false)} />
      <SkipDialog image={image} opened={asksWhy} onClose={() => setAsksWhy(false)} onSkipped={() => go(1)} />
      <ConflictDialog {...{ project, items }} queue={work.queue} saves={work.saves} seen={work.seen} />
      <LeaveDialog isUnsaved={work.isUnsaved} onLeave={work.drafts.forget} />
    </div>
  )
}
