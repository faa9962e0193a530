import type { ArticleHeading } from '@vesalius/contracts'
import { useTranslation } from 'react-i18next'
import classes from './Articles.module.css'

const DEEPEST = 3

/** The headings down to the third level, beside the text; folded above it where there is no room. */
export function ArticleContents({
  headings,
  onChoose,
}: {
  headings: readonly ArticleHeading[]
  onChoose: (heading: ArticleHeading) => void
}) {
  const { t } = useTranslation()
  const shown = headings.filter(({ level }) => level <= DEEPEST)
  if (shown.length < 2) return null
  const list = (
    <ol className={classes.headings}>
      {shown.map((heading) => (
        <li key={`${heading.blockId} ${heading.index}`} data-level={heading.level}>
          <button type="button" className={classes.heading} onClick={() => onChoose(heading)}>
            {heading.text}
          </button>
        </li>
      ))}
    </ol>
  )
  return (
    <nav className={classes.contents} aria-label={t('articles.contents')}>
      <details className={classes.folded}>
        <summary>{t('articles.contents')}</summary>
        {list}
      </details>
      <div className={classes.beside}>
        <h2 className={classes.contentsTitle}>{t('articles.contents')}</h2>
        {list}
      </div>
    </nav>
  )
}
