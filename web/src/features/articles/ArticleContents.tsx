import { TextInput } from '@mantine/core'
import type { ArticleHeading } from '@vesalius/contracts'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import classes from './Articles.module.css'
import { contentsOf, listHeadings } from './list-headings.ts'

/** From so many on there is a field. */
const MANY = 30

interface Props {
  headings: readonly ArticleHeading[]
  onChoose: (heading: ArticleHeading) => void
}

/** The headings down to the third level, beside the text; folded above it where there is no room. */
export function ArticleContents({ headings, onChoose }: Props) {
  const { t } = useTranslation()
  const [isUnfolded, setUnfolded] = useState(false)
  const shown = contentsOf(headings)
  if (shown.length < 2) return null
  const list = <HeadingList headings={shown} onChoose={onChoose} />
  return (
    <nav className={classes.contents} aria-label={t('articles.contents')}>
      <details className={classes.folded} onToggle={(event) => setUnfolded(event.currentTarget.open)}>
        <summary>{t('articles.contents')}</summary>
        {isUnfolded && list}
      </details>
      <div className={classes.beside}>
        <h2 className={classes.contentsTitle}>{t('articles.contents')}</h2>
        {list}
      </div>
    </nav>
  )
}

function HeadingList({ headings, onChoose }: Props) {
  const { t } = useTranslation()
  const [text, setText] = useState('')
  const { listed, left } = listHeadings(headings, text)
  return (
    <>
      {headings.length > MANY && (
        <TextInput
          size="xs"
          mb={6}
          aria-label={t('articles.findHeading')}
          placeholder={t('articles.findHeading')}
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
        />
      )}
      <ol className={classes.headings}>
        {listed.map((heading) => (
          <li key={`${heading.blockId} ${heading.index}`} data-level={heading.level}>
            <button type="button" className={classes.heading} onClick={() => onChoose(heading)}>
              {heading.text}
            </button>
          </li>
        ))}
      </ol>
      {left > 0 && <p className={classes.facts}>{t('articles.moreHeadings', { count: left })}</p>}
      {listed.length === 0 && <p className={classes.facts}>{t('articles.noHeading')}</p>}
    </>
  )
}
