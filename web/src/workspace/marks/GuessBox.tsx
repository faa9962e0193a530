import { Button, Slider } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { useFormat } from '../../i18n/use-format.ts'
import { KeyCap } from '../../ui/KeyCap.tsx'
import { useKeyName } from '../actions/shortcuts.ts'
import classes from './Marks.module.css'
import { isGuess } from './mark.ts'
import type { MarkingDesk } from './use-marking.ts'

/** What a model guessed and nobody has taken over yet: how sure it must be, and what becomes of all of it. */
export function GuessBox({ desk }: { desk: MarkingDesk }) {
  const { t } = useTranslation()
  const format = useFormat()
  const keyName = useKeyName()
  const guesses = desk.list.filter(isGuess)
  if (guesses.length === 0) return null
  const shown = guesses.filter(desk.isVisible).length
  return (
    <div className={classes.guesses}>
      <p>{t('marks.guesses', { shown, count: guesses.length })}</p>
      <Slider
        size="sm"
        color="yellow"
        thumbLabel={t('marks.leastScore')}
        min={0}
        max={1}
        step={0.01}
        label={(value) => t('marks.scoreFrom', { score: format.percent(value) })}
        value={desk.leastScore}
        onChange={desk.setLeastScore}
      />
      <div className={classes.buttons}>
        <Button
          size="compact-sm"
          variant="default"
          rightSection={<KeyCap>{keyName('acceptGuess')}</KeyCap>}
          onClick={() => desk.accept()}
        >
          {t('marks.acceptShown')}
        </Button>
        <Button size="compact-sm" variant="subtle" color="red" onClick={desk.reject}>
          {t('marks.rejectShown')}
        </Button>
      </div>
    </div>
  )
}
