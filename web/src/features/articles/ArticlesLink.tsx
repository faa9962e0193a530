import { IconBook2 } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import classes from './ArticlesLink.module.css'

/** To the articles, from every page. */
export function ArticlesLink() {
  const { t } = useTranslation()
  return (
    <Link to="/articles" search={{}} className={classes.link} title={t('articles.title')}>
      <IconBook2 size={18} stroke={1.7} aria-hidden />
      <span className={classes.word}>{t('articles.title')}</span>
    </Link>
  )
}
