import { CloseButton } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import type { ArticleHeading, ArticleId, ProjectId } from '@vesalius/contracts'
import { type MouseEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { LinkButton } from '../../ui/LinkButton.tsx'
import { ArticleContents } from './ArticleContents.tsx'
import classes from './Articles.module.css'
import { ArticleText } from './ArticleText.tsx'
import { guidelineQuery, headingsQuery } from './article-queries.ts'

interface Props {
  projectId: ProjectId
  onClose: () => void
}

/** The project's guideline in a column of its own: the image beside it is seen whole, and keys go on marking it. */
export function GuidelinePanel({ projectId, onClose }: Props) {
  const { t } = useTranslation()
  const guideline = useQuery(guidelineQuery(projectId)).data
  if (!guideline) return null
  return (
    <aside className={classes.guideline} aria-label={t('articles.guideline')}>
      <header className={classes.guidelineHead}>
        <h2 className={classes.guidelineTitle}>{guideline.title}</h2>
        <CloseButton aria-label={t('common.close')} onClick={onClose} />
      </header>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls is reached by keyboard */}
      <div className={classes.guidelineBody} tabIndex={0} onClickCapture={leaveTheImage}>
        <GuidelineText articleId={guideline.id} />
        <LinkButton variant="subtle" to="/articles/$articleId" params={{ articleId: guideline.id }} target="_blank">
          {t('articles.openWhole')}
        </LinkButton>
      </div>
    </aside>
  )
}

function GuidelineText({ articleId }: { articleId: ArticleId }) {
  const headings = useQuery(headingsQuery(articleId)).data ?? []
  const [target, setTarget] = useState<ArticleHeading | null>(null)
  const goTo = (heading: ArticleHeading) => setTarget({ ...heading })
  return (
    <div className={classes.narrow}>
      <ArticleContents headings={headings} onChoose={goTo} />
      <ArticleText articleId={articleId} headings={headings} target={target} onHeading={goTo} />
    </div>
  )
}

/** Links to other pages open elsewhere: who reads here is in the middle of an image. */
function leaveTheImage(event: MouseEvent) {
  const link = event.target instanceof Element ? event.target.closest('a') : null
  const href = link?.getAttribute('href')
  if (!href?.startsWith('/') || link?.target === '_blank') return
  event.preventDefault()
  event.stopPropagation()
  window.open(href, '_blank', 'noopener')
}
