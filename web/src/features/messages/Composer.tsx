import { ActionIcon, Button, Textarea } from '@mantine/core'
import { IconPhotoPlus, IconX } from '@tabler/icons-react'
import type { Image, Message, ProjectId } from '@vesalius/contracts'
import { lazy, Suspense, useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { KeyCap } from '../../ui/KeyCap.tsx'
import { useProblemText } from '../../ui/use-problem-text.ts'
import { addressOfImage, attachedImages } from './attached-images.ts'
import { inBrief } from './in-brief.ts'
import classes from './Messages.module.css'

const LONGEST = 8000

const ImagePicker = lazy(async () => ({ default: (await import('../images/ImagePicker.tsx')).ImagePicker }))

interface Props {
  label: string
  /** Messages that the answer quotes by name; those of another thread join it to this one. */
  quotes?: readonly Message[]
  joins?: boolean
  canSend?: boolean
  /** Whose images are offered first. */
  projectId?: ProjectId | undefined
  onUnquote?: (message: Message) => void
  onSend: (text: string) => Promise<unknown>
}

/** Where a message is written. Ctrl and Enter send it. */
export function Composer({ label, quotes = [], joins = false, canSend = true, projectId, onUnquote, onSend }: Props) {
  const { t } = useTranslation()
  const problemText = useProblemText()
  const [text, setText] = useState('')
  const [picks, setPicks] = useState(false)
  const [isSending, setIsSending] = useState(false)
  const [problem, setProblem] = useState<string | null>(null)
  const field = useRef<HTMLTextAreaElement>(null)
  const quoted = quotes.at(-1)?.id
  useEffect(() => {
    if (quoted) field.current?.focus()
  }, [quoted])
  const images = attachedImages(text).length
  const mayGo = canSend && text.trim() !== '' && !isSending
  const attach = (image: Image) => {
    setPicks(false)
    setText((before) => `${before}${before === '' || before.endsWith('\n') ? '' : '\n'}${addressOfImage(image)}\n`)
    requestAnimationFrame(() => field.current?.focus())
  }
  const send = async () => {
    if (!mayGo) return
    setIsSending(true)
    setProblem(null)
    try {
      await onSend(text.trim())
      setText('')
    } catch (error) {
      setProblem(problemText(error))
    } finally {
      setIsSending(false)
    }
  }
  return (
    <div className={classes.composer}>
      {quotes.map((message) => (
        <div key={message.id} className={classes.chip}>
          <span>
            <strong>{message.author?.username ?? t('messages.somebody')}</strong> {inBrief(message.text, 80)}
          </span>
          <ActionIcon
            size="sm"
            variant="subtle"
            color="gray"
            aria-label={t('messages.unquote')}
            onClick={() => onUnquote?.(message)}
          >
            <IconX size={14} />
          </ActionIcon>
        </div>
      ))}
      {joins && <p className={classes.hint}>{t('messages.joins')}</p>}
      <Textarea
        ref={field}
        autosize
        minRows={2}
        maxRows={10}
        maxLength={LONGEST}
        aria-label={label}
        placeholder={t('messages.placeholder')}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
            event.preventDefault()
            void send()
          }
        }}
      />
      {problem && (
        <p role="alert" className={classes.problem}>
          {problem}
        </p>
      )}
      <div className={classes.tools}>
        <ActionIcon
          variant="subtle"
          color="gray"
          aria-label={t('messages.attach')}
          title={t('messages.attach')}
          onClick={() => setPicks(true)}
        >
          <IconPhotoPlus size={18} stroke={1.7} />
        </ActionIcon>
        <span className={classes.hint}>
          {images > 0 ? t('messages.attaches', { count: images }) : t('messages.attachHelp')}
        </span>
        <Button
          size="compact-md"
          ml="auto"
          loading={isSending}
          disabled={!mayGo}
          rightSection={<KeyCap>Ctrl ↵</KeyCap>}
          onClick={() => void send()}
        >
          {t('messages.send')}
        </Button>
      </div>
      {picks && (
        <Suspense>
          <ImagePicker projectId={projectId} onChoose={attach} onClose={() => setPicks(false)} />
        </Suspense>
      )}
    </div>
  )
}
