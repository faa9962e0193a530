import { ActionIcon, Drawer } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { IconBook2 } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import type { ArticleHeading, ArticleId, ProjectId } from '@vesalius/contracts'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { LinkButton } from '../../ui/LinkButton.tsx'
import { ArticleContents } from './ArticleContents.tsx'
import classes from './Articles.module.css'
import { ArticleText } from './ArticleText.tsx'
import { guidelineQuery, headingsQuery } from './article-queries.ts'

/** Opens the project's guideline beside the image, which stays in use; nothing where there is none. */
export function GuidelineButton({ projectId }: { projectId: ProjectId }) {
  const { t } = useTranslation()
  const guideline = useQuery(guidelineQuery(projectId)).data
  const [isOpen, drawer] = useDisclosure(false)
  if (!guideline) return null
  return (
    <>
      <ActionIcon
        variant="subtle"
        color="gray"
        aria-label={t('articles.guideline')}
        title={t('articles.guideline')}
        aria-expanded={isOpen}
        onClick={drawer.toggle}
      >
        <IconBook2 size={18} />
      </ActionIcon>
      <Drawer
        opened={isOpen}
        onClose={drawer.close}
        position="left"
        size={420}
        title={guideline.title}
        withOverlay={false}
        lockScroll={false}
        trapFocus={false}
        closeOnClickOutside={false}
        portalProps={{ target: '#overlays' }}
        attributes={{ header: { role: 'none' } }}
        closeButtonProps={{ 'aria-label': t('common.close') }}
      >
        <GuidelineText articleId={guideline.id} />
        <LinkButton variant="subtle" to="/articles/$articleId" params={{ articleId: guideline.id }} target="_blank">
          {t('articles.openWhole')}
        </LinkButton>
      </Drawer>
    </>
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
