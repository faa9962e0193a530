import { ActionIcon, Button, TagsInput } from '@mantine/core'
import {
  IconAlertTriangle,
  IconArrowBackUp,
  IconArrowForwardUp,
  IconChevronLeft,
  IconChevronRight,
  IconKeyboard,
  IconSparkles,
} from '@tabler/icons-react'
import { type Image, isClassification, type Project } from '@vesalius/contracts'
import { useTranslation } from 'react-i18next'
import { useFormat } from '../i18n/use-format.ts'
import { KeyCap } from '../ui/KeyCap.tsx'
import { useProblemText } from '../ui/use-problem-text.ts'
import classes from './AnnotatePage.module.css'
import { AnswerButtons } from './AnswerButtons.tsx'
import type { KeyAction } from './actions/key-action.ts'
import type { Answer } from './annotations/annotation-store.ts'
import { isLocked, type LabelBody } from './label-body.ts'
import type { Save } from './saving/save-queue.ts'

interface Props {
  project: Project
  image: Image
  answer: Answer
  weights: readonly number[] | null
  isDraft: boolean
  position: number
  total: string
  saves: readonly Save<LabelBody>[]
  canSubmit: boolean
  canUndo: boolean
  canRedo: boolean
  onChange: (answer: Answer) => void
  onRun: (action: KeyAction) => void
  onRetry: () => void
}

export function AnswerPanel(props: Props) {
  const { project, image, answer, weights, isDraft, onRun } = props
  const { t } = useTranslation()
  const format = useFormat()
  const isClass = isClassification(project.taskType)
  const isGuess = image.annotatedAt === null && weights !== null && !isDraft && answer.value !== null
  const icon = (
    kind: 'previous' | 'next' | 'undo' | 'redo' | 'help',
    label: string,
    Icon: typeof IconKeyboard,
    off = false,
  ) => (
    <ActionIcon
      variant="subtle"
      color="gray"
      aria-label={label}
      title={label}
      disabled={off}
      onClick={() => onRun({ kind })}
    >
      <Icon size={18} />
    </ActionIcon>
  )
  return (
    <aside className={classes.panel} aria-label={t('annotate.title')}>
      <div className={classes.top}>
        <div className={classes.line}>
          <h1 className={classes.name} title={image.name}>
            {image.name}
          </h1>
          <span>{t('annotate.queuePosition', { position: props.position, total: props.total })}</span>
        </div>
        <div className={classes.state}>
          {isDraft
            ? t('annotate.draft')
            : image.annotatedAt
              ? t('annotate.annotatedBy', { when: format.ago(image.annotatedAt) })
              : t('annotate.notAnnotated')}
        </div>
      </div>
      <div className={classes.answers}>
        <GuessHint image={image} isClass={isClass} hasGuess={weights !== null} />
        {isClass ? (
          <AnswerButtons
            project={project}
            value={answer.value}
            weights={weights}
            isGuess={isGuess}
            isLocked={isLocked(image)}
            onChoose={(value) => props.onChange({ ...answer, value })}
          />
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
      </div>
      <div className={classes.foot}>
        <SaveState saves={props.saves} onRetry={props.onRetry} />
        <Button
          size="md"
          disabled={!props.canSubmit}
          rightSection={<KeyCap>↵</KeyCap>}
          onClick={() => onRun({ kind: 'accept' })}
        >
          {isClass
            ? t(isGuess ? 'annotate.accept' : answer.value === null ? 'annotate.chooseFirst' : 'annotate.submitNext')
            : t('annotate.submitTags')}
        </Button>
        <div className={classes.line}>
          <span>
            {icon('previous', t('annotate.previousImage'), IconChevronLeft)}
            {icon('next', t('annotate.nextImage'), IconChevronRight)}
          </span>
          <Button variant="subtle" color="gray" size="compact-sm" onClick={() => onRun({ kind: 'skip' })}>
            {t('annotate.skip')}
          </Button>
          <span>
            {icon('undo', t('annotate.undo'), IconArrowBackUp, !props.canUndo)}
            {icon('redo', t('annotate.redo'), IconArrowForwardUp, !props.canRedo)}
            {icon('help', t('annotate.shortcuts'), IconKeyboard)}
          </span>
        </div>
      </div>
    </aside>
  )
}

function GuessHint({ image, isClass, hasGuess }: { image: Image; isClass: boolean; hasGuess: boolean }) {
  const { t } = useTranslation()
  const problemText = useProblemText()
  if (isLocked(image)) return <p className={classes.hint}>{t('annotate.frozen')}</p>
  if (image.problem) {
    return (
      <p className={classes.hint}>
        <IconAlertTriangle size={15} /> {problemText(image.problem)}
      </p>
    )
  }
  if (!isClass) return null
  if (hasGuess) {
    return (
      <p className={classes.hint} data-model>
        <IconSparkles size={15} /> {t('annotate.guessBy')}
      </p>
    )
  }
  return (
    <p className={classes.hint}>{t(image.state === 'TO_LABEL' ? 'annotate.waitingText' : 'annotate.noGuessText')}</p>
  )
}

function SaveState({ saves, onRetry }: { saves: readonly Save<LabelBody>[]; onRetry: () => void }) {
  const { t } = useTranslation()
  const problemText = useProblemText()
  const failed = saves.filter((save) => save.status === 'failed')
  if (failed.length > 0) {
    return (
      <div className={classes.failure} role="alert">
        <strong>{t('annotate.failedTitle', { count: failed.length })}</strong>
        <div>{problemText(failed[0]?.error)}</div>
        <div>{t('annotate.failedText')}</div>
        <Button mt={6} size="compact-sm" variant="default" onClick={onRetry}>
          {t('annotate.failedRetry')}
        </Button>
      </div>
    )
  }
  return (
    <div className={classes.saving} role="status">
      {saves.length > 0 ? t('annotate.savingCount', { count: saves.length }) : t('annotate.allSaved')}
    </div>
  )
}
