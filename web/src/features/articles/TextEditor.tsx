import { ActionIcon, SegmentedControl, Textarea } from '@mantine/core'
import {
  IconBold,
  IconCode,
  IconHeading,
  IconLink,
  IconList,
  IconMathFunction,
  IconPhoto,
  IconTable,
} from '@tabler/icons-react'
import type { Image } from '@vesalius/contracts'
import { useDeferredValue, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ImagePicker } from '../images/ImagePicker.tsx'
import { Markdown } from '../markdown/Markdown.tsx'
import classes from './Articles.module.css'

interface Props {
  label: string
  value: string
  onChange: (value: string) => void
  /** Lines to show at least. */
  rows?: number
}

/** What each button puts around the selection, or stands in its place. */
const MARKS = {
  heading: [IconHeading, '## ', ''],
  bold: [IconBold, '**', '**'],
  list: [IconList, '- ', ''],
  link: [IconLink, '[', '](https://)'],
  image: [IconPhoto, '', ''],
  table: [IconTable, '\n| ', ' |  |\n|---|---|\n|  |  |\n'],
  formula: [IconMathFunction, '$', '$'],
  code: [IconCode, '`', '`'],
} as const

/** Text on one side, its preview as it is typed on the other; one at a time where there is no room. */
export function TextEditor({ label, value, onChange, rows = 18 }: Props) {
  const { t } = useTranslation()
  const field = useRef<HTMLTextAreaElement>(null)
  const shown = useDeferredValue(value)
  const [side, setSide] = useState<'text' | 'preview'>('text')
  const [picks, setPicks] = useState(false)
  const mark = (name: keyof typeof MARKS) => {
    const [, before, after] = MARKS[name]
    if (name === 'image') setPicks(true)
    else surround(before, after)
  }
  /** What is selected becomes the caption; without a selection the name of the image. */
  const show = ({ id, name }: Image) => {
    setPicks(false)
    const element = field.current
    const isCaption = element && element.selectionStart < element.selectionEnd
    surround(`![${isCaption ? '' : name.replace(/[[\]\\]/g, '')}`, `](image:${id})`)
  }
  const surround = (before: string, after: string) => {
    const element = field.current
    if (!element) return
    const { selectionStart: from, selectionEnd: to } = element
    onChange(value.slice(0, from) + before + value.slice(from, to) + after + value.slice(to))
    requestAnimationFrame(() => {
      element.focus()
      element.setSelectionRange(from + before.length, to + before.length)
    })
  }
  return (
    <div className={classes.editor} data-side={side}>
      <div className={classes.tools}>
        <div role="toolbar" aria-label={t('articles.marks')} className={classes.marks}>
          {(Object.keys(MARKS) as (keyof typeof MARKS)[]).map((name) => {
            const [Icon] = MARKS[name]
            return (
              <ActionIcon
                key={name}
                variant="subtle"
                color="gray"
                aria-label={t(`articles.mark.${name}`)}
                title={t(`articles.mark.${name}`)}
                onClick={() => mark(name)}
              >
                <Icon size={18} stroke={1.7} />
              </ActionIcon>
            )
          })}
        </div>
        <SegmentedControl
          className={classes.sides}
          size="xs"
          aria-label={t('articles.side')}
          value={side}
          data={[
            { value: 'text', label: t('articles.text') },
            { value: 'preview', label: t('articles.preview') },
          ]}
          onChange={(next) => setSide(next as 'text' | 'preview')}
        />
      </div>
      <Textarea
        ref={field}
        aria-label={label}
        className={classes.field}
        classNames={{ input: classes.input ?? '' }}
        autosize
        minRows={rows}
        maxRows={40}
        value={value}
        description={t('articles.hint')}
        inputWrapperOrder={['input', 'description']}
        onChange={(event) => onChange(event.currentTarget.value)}
      />
      <section className={classes.preview} aria-label={t('articles.preview')}>
        {shown.trim() === '' ? (
          <p className={classes.facts}>{t('articles.noPreview')}</p>
        ) : (
          <Markdown text={shown} prefix="preview" />
        )}
      </section>
      {picks && <ImagePicker onChoose={show} onClose={() => setPicks(false)} />}
    </div>
  )
}
