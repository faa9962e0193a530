import { Button, TagsInput } from '@mantine/core'
import { type Image, isClassification, type Project } from '@vesalius/contracts'
import { memo, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { FactsButton } from '../features/image-facts/FactsButton.tsx'
import type { ImageFilter } from '../features/images/image-filter.ts'
import { PresenceLine } from '../features/presence/PresenceLine.tsx'
import { ReviewBanner } from '../features/reviews/ReviewBanner.tsx'
import { useFormat } from '../i18n/use-format.ts'
import { KeyCap } from '../ui/KeyCap.tsx'
import { useLate } from '../ui/use-late.ts'
import classes from './AnnotatePage.module.css'
import { AnswerButtons } from './AnswerButtons.tsx'
import type { CommandName } from './actions/commands.ts'
import type { Answer } from './annotations/annotation-store.ts'
import { GuessTools } from './assist/GuessTools.tsx'
import { ComparePanel } from './compare/ComparePanel.tsx'
import type { Comparison } from './compare/compare-marks.ts'
import { GuessHint } from './GuessHint.tsx'
import { answerOfRevision, isLocked, type LabelBody } from './label-body.ts'
import { MarkPanel } from './marks/MarkPanel.tsx'
import { isGuess as isMarkGuess } from './marks/mark.ts'
import { ToolBar } from './marks/ToolBar.tsx'
import { ToolSettings } from './marks/ToolSettings.tsx'
import type { MarkingDesk } from './marks/use-marking.ts'
import { PanelTools } from './PanelTools.tsx'
import { BatchProgress } from './queue/BatchProgress.tsx'
import { QueueMenu } from './queue/QueueMenu.tsx'
import { SkipNotice } from './queue/SkipNotice.tsx'
import type { WorkTimer } from './queue/use-work-timer.ts'
import { SaveState } from './saving/SaveState.tsx'
import type { Save } from './saving/save-queue.ts'

interface Props {
  project: Project
  image: Image
  answer: Answer
  /** Boxes or masks where the answer is such; measuring on every image. */
  desk: MarkingDesk
  weights: readonly number[] | null
  isDraft: boolean
  place: { position: number; total: string }
  filter: ImageFilter
  progress: { done: { images: number; seconds: number }; timer: WorkTimer }
  guessing: { canAsk: boolean; isWaiting: boolean; compares: boolean; comparison: Comparison | null }
  saves: readonly Save<LabelBody | null>[]
  canSubmit: boolean
  canUndo: boolean
  canRedo: boolean
  onChange: (answer: Answer) => void
  onRun: (command: CommandName) => void
  onRetry: () => void
  /** What an earlier sitting left. */
  notice: ReactNode
  /** What people remarked on the image. */
  remarks: ReactNode
}

/** Objects of functions among the props. */
const PARTS = ['desk'] as const

/**
 * What is known about the image, what a person answers, and the way on. Beside marks it is drawn after them: a stroke that
 * ends is seen at once. Answers given in it are not, as text that is typed must not lag behind.
 */
export function AnswerPanel(props: Props) {
  const late = useLate(props, PARTS, props.desk.kind !== null)
  return <PanelBody {...late} />
}

const PanelBody = memo(function PanelBody(props: Props) {
  const { project, image, answer, desk, weights, isDraft, onRun } = props
  const { t } = useTranslation()
  const format = useFormat()
  const isClass = isClassification(project.taskType)
  const isMarked = desk.kind !== null
  const isGuess = image.annotatedAt === null && weights !== null && !isDraft && answer.value !== null
  const hasGuess = weights !== null || desk.list.some(isMarkGuess)
  const classButton = isGuess ? 'accept' : answer.value === null ? 'chooseFirst' : 'submitNext'
  const marksButton = !isDraft && desk.list.some(isMarkGuess) ? 'acceptAll' : 'submitNext'
  return (
    <aside className={classes.panel} aria-label={t('annotate.title')}>
      <div className={classes.top}>
        <div className={classes.line}>
          <h2 className={classes.name} title={image.name}>
            {image.name}
          </h2>
          <span className={classes.place}>
            {t('annotate.queuePosition', props.place)}
            <QueueMenu project={project} filter={props.filter} />
            <FactsButton
              project={project}
              image={image}
              onGoBack={
                isLocked(image) ? undefined : ({ data }) => props.onChange(answerOfRevision(data, project, image))
              }
            />
          </span>
        </div>
        <div className={classes.state}>
          {isDraft
            ? t('annotate.draft')
            : image.annotatedAt
              ? t('annotate.annotatedBy', { when: format.ago(image.annotatedAt) })
              : t('annotate.notAnnotated')}
        </div>
        <PresenceLine image={image} isEditing={isDraft} />
        <BatchProgress project={project} {...props.progress} />
      </div>
      <div className={classes.answers}>
        <ReviewBanner image={image} />
        {!isMarked && (
          <div className={classes.plainTools}>
            <ToolBar desk={desk} />
            <ToolSettings desk={desk} />
          </div>
        )}
        {props.notice}
        <SkipNotice image={image} />
        <GuessHint
          image={image}
          isAsked={isClass || isMarked}
          hasGuess={hasGuess}
          hasModel={project.servingModelId !== null}
        />
        {isClass ? (
          <AnswerButtons
            project={project}
            value={answer.value}
            weights={weights}
            isGuess={isGuess}
            isLocked={isLocked(image)}
            onChoose={(value) => props.onChange({ ...answer, value })}
          />
        ) : isMarked ? (
          <MarkPanel project={project} desk={desk}>
            <GuessTools {...props.guessing} onRun={onRun} />
            {props.guessing.compares && (
              <ComparePanel classNames={project.classes} desk={desk} comparison={props.guessing.comparison} />
            )}
          </MarkPanel>
        ) : (
          <TagsInput
            label={t('annotate.tags')}
            description={t('annotate.tagsHelp')}
            placeholder={t('annotate.tagsPlaceholder')}
            value={[...answer.tags]}
            maxLength={120}
            disabled={isLocked(image)}
            onChange={(tags) => props.onChange({ ...answer, tags })}
          />
        )}
        {props.remarks}
      </div>
      <div className={classes.foot}>
        <SaveState saves={props.saves} onRetry={props.onRetry} />
        <Button size="md" disabled={!props.canSubmit} rightSection={<KeyCap>↵</KeyCap>} onClick={() => onRun('accept')}>
          {t(`annotate.${isClass ? classButton : isMarked ? marksButton : 'submitTags'}`)}
        </Button>
        <PanelTools canUndo={props.canUndo} canRedo={props.canRedo} onRun={onRun} />
      </div>
    </aside>
  )
})
